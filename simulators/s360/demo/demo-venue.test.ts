import { parsePhoneNumberFromString } from "libphonenumber-js";
import { describe, expect, it } from "vitest";
import { anonymised } from "../venue/anonymise";
import { isObject, objectsOf, textOf, type JsonObject } from "../venue/json";
import { contactKind, Venue } from "../venue/venue";
import { demoVenue, type DemoVenue } from "./demo-venue";
import { localMidnight } from "./local-midnight";
import { Numbers } from "./numbers";
import { Random } from "./random";
import { trickle } from "./trickle";

const make = (seed: number) => demoVenue(new Random(seed), new Numbers(), "myvenue");
const seeds = [1, 2, 3, 77];
const part = (contact: JsonObject, key: string) => (isObject(contact[key]) ? contact[key] : {});
const of = (venue: DemoVenue, kind: string) =>
  venue.contacts.filter((contact) => contactKind(contact) === kind);
const unique = (values: unknown[]) => expect(new Set(values).size).toBe(values.length);

describe.each(seeds)("the demo venue of seed %i", (seed) => {
  const venue = make(seed);
  const means = venue.contacts.flatMap((contact) => objectsOf(contact.communicationMeans));
  const addresses = venue.contacts.flatMap((contact) => objectsOf(contact.addresses));
  const operations = venue.orders.flatMap((order) => objectsOf(order.operationDatas));

  it("has 200 people, 20 structures with two or three relays each, 120 orders of one to three operations", () => {
    expect(of(venue, "individual")).toHaveLength(200);
    expect(of(venue, "structure")).toHaveLength(20);
    for (const structure of of(venue, "structure")) {
      const relays = of(venue, "relay").filter(
        (relay) => objectsOf(relay.contactConnections)[0]?.contactNumber === structure.contactNumber,
      );
      expect([2, 3]).toContain(relays.length);
    }
    expect(venue.orders).toHaveLength(120);
    for (const order of venue.orders) expect([1, 2, 3]).toContain(objectsOf(order.operationDatas).length);
  });

  it("is the same every time, and another one for another seed", () => {
    expect(make(seed)).toEqual(venue);
    expect(make(seed + 1)).not.toEqual(venue);
  });

  it("gives every number once", () => {
    unique(venue.contacts.map(({ contactNumber }) => contactNumber));
    unique(venue.contacts.map(({ contactId }) => contactId));
    unique(venue.orders.map(({ orderId }) => orderId));
    unique(operations.map(({ operationId }) => operationId));
    unique(
      venue.orders.flatMap((order) => objectsOf(order.movementDatas)).map(({ movementId }) => movementId),
    );
    unique(addresses.map(({ contactAddressId }) => contactAddressId));
    unique(means.map(({ communicationMeanId }) => communicationMeanId));
  });

  it("points relays to structures that exist and orders to contacts that exist", () => {
    const structures = new Set(of(venue, "structure").map(({ contactNumber }) => contactNumber));
    for (const relay of of(venue, "relay"))
      expect(structures).toContain(objectsOf(relay.contactConnections)[0]?.contactNumber);
    const contacts = new Set(venue.contacts.map(({ contactNumber }) => contactNumber));
    for (const order of venue.orders) expect(contacts).toContain(order.contactReference);
  });

  it("has e-mails, phones, countries and zip codes that pass as real, and some that are missing", () => {
    const emails = means.map(({ email }) => email).filter((email) => email !== null);
    for (const email of emails) expect(email).toMatch(/^[a-z0-9.-]+@[a-z0-9-]+\.example$/);
    unique(emails);
    expect(emails.length).toBeLessThan(venue.contacts.length);
    const phones = means
      .flatMap(({ phone, cellularPhone }) => [phone, cellularPhone])
      .map((value) => textOf(value));
    for (const phone of phones.filter(Boolean)) {
      const [, defaultCallingCode = "", national = ""] = /^(\d{2}) \/ (\d+)$/.exec(phone) ?? [];
      expect(parsePhoneNumberFromString(national, { defaultCallingCode })?.isPossible(), phone).toBe(true);
    }
    for (const address of addresses) {
      expect(address.countryCode).toMatch(/^(CH|FR|DE|AT|IT|GB|NL|DK)$/);
      expect(textOf(address.zipCode).length).toBeLessThanOrEqual(8);
    }
    expect(venue.contacts.some((contact) => objectsOf(contact.communicationMeans).length === 0)).toBe(true);
    expect(venue.contacts.some((contact) => objectsOf(contact.addresses).length === 2)).toBe(true);
  });

  it("has known titles, last names that fit, and birthdays at midnight in Zurich", () => {
    const people = [...of(venue, "individual"), ...of(venue, "relay")].map((each) =>
      part(each, "individualContact"),
    );
    expect(new Set(people.map(({ title }) => title))).toEqual(new Set(["MR", "MRS", "MISS", "UNDEFINED"]));
    for (const { individualLastName, birthday } of people) {
      expect(textOf(individualLastName).length).toBeGreaterThan(0);
      expect(textOf(individualLastName).length).toBeLessThanOrEqual(80);
      if (birthday !== null) expect(birthday).toMatch(/T2[23]:00:00\.000\+00:00$/);
    }
  });

  it("has amounts that add up, a match for sport only, and every type of order", () => {
    expect(new Set(venue.orders.map(({ orderType }) => orderType))).toEqual(
      new Set(["SALE", "RESERVATION", "OPTION", "REFUND_CLIENT"]),
    );
    for (const { unitPrice, quantity, totalAmount, product, match } of operations) {
      expect(Number(unitPrice) * Number(quantity)).toBe(totalAmount);
      expect(match !== undefined).toBe(textOf(product).startsWith("FC Rive"));
    }
    for (const order of venue.orders.filter(({ orderType }) => orderType === "SALE")) {
      const total = objectsOf(order.operationDatas).reduce((sum, each) => sum + Number(each.totalAmount), 0);
      expect(order.saleAmount).toBe(total);
    }
  });

  it("refunds earlier sales of the same file and contact", () => {
    const fileOf = (order: JsonObject) => objectsOf(order.operationDatas)[0]?.fileId;
    for (const refund of venue.orders.filter(({ orderType }) => orderType === "REFUND_CLIENT")) {
      const sale = venue.orders.find((each) => each.orderType === "SALE" && fileOf(each) === fileOf(refund));
      expect(sale?.contactReference).toBe(refund.contactReference);
      expect(textOf(sale?.creationDateTime) <= textOf(refund.creationDateTime)).toBe(true);
    }
  });
});

describe("the demo venue's days", () => {
  it("has midnights as Zurich counts them, summer time included", () => {
    expect(localMidnight(1980, 4, 25)).toBe("1980-04-24T23:00:00.000+00:00");
    expect(localMidnight(1990, 7, 14)).toBe("1990-07-13T22:00:00.000+00:00");
    expect(localMidnight(1990, 1, 14)).toBe("1990-01-13T23:00:00.000+00:00");
  });

  it("trickles one or two changes at a time that name what they changed", () => {
    const random = new Random(5);
    const numbers = new Numbers();
    const venue = new Venue();
    const demo = demoVenue(random, numbers, "myvenue");
    for (const contact of demo.contacts) venue.putContact(contact);
    for (let step = 0; step < 60; step += 1) {
      const before = { contacts: new Map(venue.contacts), orders: new Map(venue.orders) };
      const changed = trickle(random, numbers, venue, "myvenue", new Date("2026-11-20T10:00:00Z"));
      const all = [...changed.contacts, ...changed.orders];
      expect([1, 2]).toContain(all.length);
      for (const key of changed.contacts) expect(venue.contacts.get(key)).not.toBe(before.contacts.get(key));
      for (const key of changed.orders) expect(before.orders.has(key)).toBe(false);
      for (const key of changed.orders) expect(venue.orders.has(key)).toBe(true);
    }
    expect(venue.contacts.size).toBeGreaterThan(270);
  });

  it("leaves people in peace who were anonymised", () => {
    const venue = new Venue();
    const gone = anonymised({ contactNumber: "1", type: "INDIVIDUAL", role: "PUBLIC" });
    venue.putContact(gone);
    const random = new Random(5);
    const numbers = new Numbers();
    for (let step = 0; step < 60; step += 1)
      trickle(random, numbers, venue, "myvenue", new Date("2026-11-20T10:00:00Z"));
    expect(venue.body("contacts", "1")).toBe(gone);
    expect([...venue.orders.values()].some(({ contactReference }) => contactReference === "1")).toBe(false);
  });
});
