import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import type { SettingsChange } from "../settings";
import { contacts } from "../testing/api-client";
import { objectsOf, type JsonObject } from "../venue/json";

const individual = "saveIndividualContactData";
const structure = "saveStructureContactData";

describe("saving contacts through the API", () => {
  let s360: S360Simulator;
  const start = async (api: SettingsChange["api"] = {}) => {
    s360 = await startS360Simulator({
      demo: true,
      settings: { scheduleSeconds: 0, api: { callsPerMinute: 0, ...api } },
    });
    await s360.simulator.webhooks.contacts.clear();
  };
  const stored = (number: string) => s360.simulator.venue.body("contacts", number);
  const save = (method: string, body: JsonObject) => contacts(s360, method, body);
  const person = (last: string, more: JsonObject = {}): JsonObject => ({
    individualContact: { individualLastName: last },
    ...more,
  });
  const firstOf = (kind: (contact: JsonObject) => boolean) => {
    const [found] = [...s360.simulator.venue.contacts.values()].filter(kind);
    return String(found?.contactNumber);
  };
  const aStructure = () => firstOf(({ type }) => type === "STRUCTURE");
  const aRelay = () => firstOf(({ role }) => role === "RELAY");

  afterEach(() => s360.close());

  describe("as S-360 is assumed to do it", () => {
    beforeEach(() => start());

    it("creates a person under the next number and answers with the contact as stored", async () => {
      const answer = await save(individual, {
        ...person("Rochat"),
        contactNumber: null,
        requestId: 5,
        addresses: [{ main: true, town: "Bern", countryCode: "CH" }],
        communicationMeans: [{ email: "r@mail.example", cellularPhone: "41 / 0791234567" }],
        authorizations: [{ authorizationCode: "EMAIL", allowed: false }],
      });
      expect(answer).toMatchObject({
        requestId: 5,
        statusCode: "success",
        contactNumber: "0030271",
        contactId: 10228300030271,
        type: "INDIVIDUAL",
        role: "PUBLIC",
        state: "ACTIVE",
        individualContact: { title: "UNDEFINED", individualLastName: "Rochat", individualFirstName: null },
        addresses: [{ contactAddressId: expect.any(Number), main: true, town: "Bern", street1: null }],
        communicationMeans: [{ communicationMeanId: expect.any(Number), contactAddressId: null }],
        indicators: [],
      });
      expect(answer.creationDate).toMatch(/^\d{4}-.*\+00:00$/);
      expect(answer).toMatchObject(stored("0030271"));
      expect(await save(individual, person("Next"))).toMatchObject({ contactNumber: "0030272" });
    });

    it("creates a structure, and a relay that is connected to it", async () => {
      const company = await save(structure, { structureContact: { officialName: "Acme" } });
      expect(company).toMatchObject({
        type: "STRUCTURE",
        role: "PUBLIC",
        structureContact: { vatNumber: null },
      });
      const connections = [{ contactNumber: company.contactNumber ?? null }];
      const relay = await save(
        individual,
        person("Relay", { role: "RELAY", contactConnections: connections }),
      );
      expect(relay).toMatchObject({
        role: "RELAY",
        contactConnections: [{ contactNumber: company.contactNumber, connectionType: "MEMBER_OF" }],
      });
      expect(s360.simulator.venue.counts()).toMatchObject({ structure: 21, relay: 51, individual: 200 });
    });

    it.each(["person", "relay", "structure"])(
      "leaves a %s as it was when what was read is saved",
      async (kind) => {
        const number = { person: "0030100", relay: aRelay(), structure: aStructure() }[kind] ?? "";
        const before = stored(number);
        const read = await contacts(s360, "getContactData", { contactNumber: number });
        const saved = await save(kind === "structure" ? structure : individual, read);
        expect(saved.statusCode).toBe("success");
        expect(stored(number)).toEqual(before);
      },
    );

    it("accepts every contact of the demo venue as it is", async () => {
      for (const [number, contact] of [...s360.simulator.venue.contacts]) {
        const method = contact.type === "STRUCTURE" ? structure : individual;
        expect(await save(method, contact)).toMatchObject({ statusCode: "success", contactNumber: number });
      }
    });

    it("keeps absent sections, and puts the sent block into the stored one, where null clears", async () => {
      const before = stored("0030100");
      await save(individual, {
        contactNumber: "0030100",
        function: "Director",
        individualContact: { individualFirstName: "Ada", birthday: null },
      });
      expect(stored("0030100")).toEqual({
        ...before,
        function: "Director",
        individualContact: {
          ...(before.individualContact as JsonObject),
          individualFirstName: "Ada",
          birthday: null,
        },
      });
    });

    it("does not let a save change what S-360 keeps itself", async () => {
      const before = stored("0030100");
      await save(individual, {
        contactNumber: "0030100",
        contactId: 1,
        creationDate: "1999-01-01T00:00:00.000+00:00",
        type: "STRUCTURE",
        state: "ACCOUNT_DELETED",
        indicators: [],
        statusCode: "success",
      });
      expect(stored("0030100")).toEqual(before);
    });

    it("replaces a list that is present; items that name their id keep it, others get a new one", async () => {
      const [old] = objectsOf(stored("0030100").addresses);
      const known = old?.contactAddressId ?? null;
      await save(individual, {
        contactNumber: "0030100",
        addresses: [{ town: "Sion" }, { contactAddressId: known, main: true, town: "Bern" }],
        authorizations: [{ authorizationCode: "PHONE", allowed: true }],
        contactCriteria: null,
      });
      const { addresses, authorizations, contactCriteria } = stored("0030100");
      expect(addresses).toMatchObject([
        { town: "Sion", main: false },
        { contactAddressId: known, main: true, town: "Bern", street1: null, zipCode: null },
      ]);
      expect(objectsOf(addresses)[0]?.contactAddressId).not.toBe(known);
      expect(authorizations).toEqual([{ authorizationCode: "PHONE", allowed: true }]);
      expect(contactCriteria).toEqual([]);
    });

    it("refuses an item id that is not the contact's, and does nothing then", async () => {
      const before = stored("0030100");
      const answer = await save(individual, {
        contactNumber: "0030100",
        individualContact: { individualFirstName: "Ada" },
        addresses: [{ contactAddressId: 999, town: "Bern" }],
      });
      expect(answer).toMatchObject({ statusCode: "error", statusDetail: "error.contact.validation" });
      expect(answer.statusMessage).toBe("addresses[0].contactAddressId 999 is not an id of this contact");
      expect(stored("0030100")).toBe(before);
      expect(s360.simulator.webhooks.contacts.queue.holds("0030100")).toBe(false);
    });

    it("refuses to save a structure as an individual, and the reverse", async () => {
      const wrong = { statusCode: "error", statusDetail: "error.contact.kind" };
      expect(await save(individual, { contactNumber: aStructure() })).toMatchObject(wrong);
      expect(await save(structure, { contactNumber: aRelay() })).toMatchObject(wrong);
      expect(await save(individual, { contactNumber: "404" })).toMatchObject({
        statusDetail: "error.contact.notFound",
      });
    });

    it("stores unknown and empty titles as UNDEFINED, and birthdays in its own notation", async () => {
      const block = (more: JsonObject) =>
        person("Rochat", { individualContact: { individualLastName: "R", ...more } });
      for (const title of ["Dr", "", null])
        expect(await save(individual, block({ title }))).toMatchObject({
          individualContact: { title: "UNDEFINED" },
        });
      for (const title of ["MR", "MRS", "MISS", "MR_AND_MRS", "LADIES", "GENTLEMEN"])
        expect(await save(individual, block({ title }))).toMatchObject({ individualContact: { title } });
      expect(await save(individual, block({ birthday: "1984-05-17T00:00:00+02:00" }))).toMatchObject({
        individualContact: { birthday: "1984-05-16T22:00:00.000+00:00" },
      });
    });

    it("stores phones and names as they were sent", async () => {
      const means = [{ phone: "41 / 0211234567" }];
      const answer = await save(individual, person("MARTIN", { communicationMeans: means }));
      expect(answer).toMatchObject({
        individualContact: { individualLastName: "MARTIN" },
        communicationMeans: means,
      });
    });

    it("queues what it wrote for the contact webhook, like any change", async () => {
      await save(individual, { contactNumber: "0030100", function: "Director" });
      const { contactNumber } = await save(individual, person("New"));
      const { queue } = s360.simulator.webhooks.contacts;
      expect([queue.holds("0030100"), queue.holds(String(contactNumber))]).toEqual([true, true]);
    });

    it("skips a number that somebody else has taken", async () => {
      s360.simulator.put("contacts", { contactNumber: "0030271" });
      expect(await save(individual, person("New"))).toMatchObject({ contactNumber: "0030272" });
    });

    it("refuses to change a contact that was anonymised", async () => {
      s360.simulator.anonymise("0030100");
      expect(await save(individual, { contactNumber: "0030100", function: "Director" })).toMatchObject({
        statusDetail: "error.contact.deleted",
      });
    });
  });

  describe("set otherwise", () => {
    it("answers with the number only", async () => {
      await start({ answers: "number" });
      expect(await save(individual, { ...person("Rochat"), requestId: 1 })).toEqual({
        contactNumber: "0030271",
        requestId: 1,
        statusCode: "success",
        statusDetail: null,
      });
    });

    it("does not queue what the API wrote", async () => {
      await start({ echo: false });
      await save(individual, { contactNumber: "0030100", function: "Director" });
      expect(s360.simulator.webhooks.contacts.queue.holds("0030100")).toBe(false);
    });

    it("puts the items of a list into the stored ones, by id or by code", async () => {
      await start({ lists: "merge" });
      const created = await save(individual, {
        ...person("Rochat"),
        addresses: [{ main: true, street1: "1 rue Neuve", town: "Sion" }, { town: "Bern" }],
        authorizations: [{ authorizationCode: "EMAIL", allowed: true }],
        contactCriteria: [{ code: "GENRE", values: ["OPERA"] }],
      });
      const contactNumber = created.contactNumber ?? null;
      const [first = {}, second = {}] = objectsOf(created.addresses);
      await save(individual, {
        contactNumber,
        addresses: [{ contactAddressId: first.contactAddressId ?? null, town: "Bienne" }, { town: "Brig" }],
        authorizations: [
          { authorizationCode: "SMS", allowed: true },
          { authorizationCode: "EMAIL", allowed: false },
        ],
        contactCriteria: [{ code: "GENRE", values: ["JAZZ"] }],
      });
      expect(stored(String(contactNumber))).toMatchObject({
        addresses: [{ ...first, town: "Bienne" }, second, { town: "Brig", main: false }],
        authorizations: [
          { authorizationCode: "EMAIL", allowed: false },
          { authorizationCode: "SMS", allowed: true },
        ],
        contactCriteria: [{ code: "GENRE", values: ["JAZZ"] }],
      });
      const twoMains = await save(individual, { contactNumber, addresses: [{ main: true, town: "Visp" }] });
      expect(twoMains.statusMessage).toBe("addresses have 2 main addresses, at most one is allowed");
    });

    it("spaces phone numbers, and takes back what it spaced", async () => {
      await start({ phones: "spaced" });
      const means = [{ cellularPhone: "41 / 0791234567", phone: "49 / 301234567" }];
      const created = await save(individual, person("Rochat", { communicationMeans: means }));
      const spaced = [{ cellularPhone: "41 / 079 123 45 67", phone: "49 / 301 23 45 67" }];
      expect(created).toMatchObject({ communicationMeans: spaced });
      expect(await save(individual, created)).toMatchObject({ communicationMeans: spaced });
    });

    it("writes names in title case", async () => {
      await start({ names: "title-case" });
      const block = { individualFirstName: "JEAN-MARC", individualLastName: "d'aubigny de éSTE" };
      expect(await save(individual, { individualContact: block })).toMatchObject({
        individualContact: { individualFirstName: "Jean-Marc", individualLastName: "D'Aubigny De Éste" },
      });
    });
  });
});
