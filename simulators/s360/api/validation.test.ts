import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import { contacts } from "../testing/api-client";
import type { Json, JsonObject } from "../venue/json";
import { countryCodes } from "./country-codes";

const x = (characters: number) => "x".repeat(characters);

describe("what S-360 refuses in a save", () => {
  let s360: S360Simulator;
  const block = { individualLastName: "Rochat" };
  const save = (body: JsonObject) =>
    contacts(s360, "saveIndividualContactData", { individualContact: block, ...body });
  const saveStructure = (body: JsonObject) => contacts(s360, "saveStructureContactData", body);

  beforeAll(async () => {
    s360 = await startS360Simulator({ settings: { api: { callsPerMinute: 0 } } });
    s360.simulator.put("contacts", { contactNumber: "1", type: "INDIVIDUAL" });
  });
  afterAll(() => s360.close());

  const named = (member: string, value: Json): JsonObject => ({
    individualContact: { ...block, [member]: value },
  });
  const address = (member: string, value: Json): JsonObject => ({ addresses: [{ [member]: value }] });
  const means = (member: string, value: Json): JsonObject => ({ communicationMeans: [{ [member]: value }] });

  it.each<[JsonObject, string]>([
    [{ individualContact: {} }, "individualContact.individualLastName is required"],
    [{ individualContact: null }, "individualContact.individualLastName is required"],
    [{ individualContact: "Rochat" }, "individualContact is not an object"],
    [named("individualLastName", "  "), "individualContact.individualLastName is required"],
    [
      named("individualLastName", x(101)),
      "individualContact.individualLastName has 101 characters, at most 100 are allowed",
    ],
    [
      named("individualFirstName", x(101)),
      "individualContact.individualFirstName has 101 characters, at most 100 are allowed",
    ],
    [named("individualFirstName", 5), "individualContact.individualFirstName is not a text"],
    [named("nickname", "Ro"), "individualContact.nickname is not a known member"],
    [named("birthday", "1984-05-17"), "individualContact.birthday is not an ISO 8601 instant"],
    [
      named("birthday", "1984-02-30T00:00:00.000+00:00"),
      "individualContact.birthday is not an ISO 8601 instant",
    ],
    [named("birthday", "1984-05-17T00:00:00"), "individualContact.birthday is not an ISO 8601 instant"],
    [named("language", "French"), "individualContact.language is not a two-letter language code"],
    [{ structureContact: {} }, "structureContact is not a member of an individual"],
    [{ nickname: "Ro" }, "nickname is not a member of an individual"],
    [{ function: x(101) }, "function has 101 characters, at most 100 are allowed"],
    [{ role: "BOSS" }, "role is none of PUBLIC, RELAY, MEMBER"],
    [{ addresses: {} }, "addresses is not a list"],
    [{ addresses: ["Bern"] }, "addresses[0] is not an object"],
    [address("street1", x(101)), "addresses[0].street1 has 101 characters, at most 100 are allowed"],
    [address("street4", x(101)), "addresses[0].street4 has 101 characters, at most 100 are allowed"],
    [address("zipCode", "123456789"), "addresses[0].zipCode has 9 characters, at most 8 are allowed"],
    [address("town", x(21)), "addresses[0].town has 21 characters, at most 20 are allowed"],
    [address("countryCode", "UK"), "addresses[0].countryCode is not an ISO 3166 alpha-2 country code"],
    [address("countryCode", "ch"), "addresses[0].countryCode is not an ISO 3166 alpha-2 country code"],
    [
      address("countryCode", "Switzerland"),
      "addresses[0].countryCode is not an ISO 3166 alpha-2 country code",
    ],
    [address("main", "yes"), "addresses[0].main is neither true nor false"],
    [
      { addresses: [{ main: true }, { main: true }] },
      "addresses have 2 main addresses, at most one is allowed",
    ],
    [means("email", `${x(240)}@mail.example`), "communicationMeans[0].email is not an e-mail address"],
    [
      means("email", `a@${`${x(60)}.`.repeat(4)}example`),
      "communicationMeans[0].email has 253 characters, at most 250 are allowed",
    ],
    [
      means("phone", "41 / 1234567890123456"),
      "communicationMeans[0].phone has 16 digits behind the prefix, at most 15 are allowed",
    ],
    [
      { authorizations: [{ authorizationCode: "TOOLONGER", allowed: true }] },
      "authorizations[0].authorizationCode has 9 characters, at most 8 are allowed",
    ],
    [{ authorizations: [{ authorizationCode: "EMAIL" }] }, "authorizations[0].allowed is required"],
    [{ authorizations: [{ allowed: true }] }, "authorizations[0].authorizationCode is required"],
    [
      {
        authorizations: [
          { authorizationCode: "SMS", allowed: true },
          { authorizationCode: "SMS", allowed: false },
        ],
      },
      "authorizations[1].authorizationCode SMS is there twice",
    ],
    [{ contactCriteria: [{ code: " ", value: "x" }] }, "contactCriteria[0].code is required"],
    [{ contactCriteria: [{ code: "GENRE", values: "OPERA" }] }, "contactCriteria[0].values is not a list"],
    [
      { contactCriteria: [{ code: "GENRE", values: ["OPERA", 5] }] },
      "contactCriteria[0].values is not a text",
    ],
    [
      { contactConnections: [{ contactNumber: "404" }] },
      "contactConnections[0].contactNumber 404 is no contact's number",
    ],
    [{ role: "RELAY" }, "contactConnections of a relay must name a structure"],
    [
      { role: "RELAY", contactConnections: [{ contactNumber: "1" }] },
      "contactConnections of a relay must name a structure",
    ],
  ])("%j", async (body, message) => {
    const answer = await save(body);
    expect(answer).toMatchObject({ statusCode: "error", statusDetail: "error.contact.validation" });
    expect(answer.statusMessage).toBe(message);
  });

  it.each([
    "0791234567",
    "+41 79 123 45 67",
    "41/0791234567",
    "41 / 079 123 45 67",
    "4100 / 079",
    "41 / ",
    "41 / 07a",
  ])('the phone "%s", which is not of the form "prefix / number"', async (phone) => {
    const answer = await save(means("cellularPhone", phone));
    expect(answer.statusMessage).toBe(
      'communicationMeans[0].cellularPhone is not a phone number of the form "prefix / number"',
    );
  });

  it.each([
    "ada",
    "ada@",
    "@mail.example",
    "ada@mail",
    "a b@mail.example",
    "a@b@mail.example",
    "a..b@mail.example",
    "ada@-mail.example",
    "",
  ])('the e-mail "%s"', async (email) => {
    expect((await save(means("email", email))).statusMessage).toContain("is not an e-mail address");
  });

  it("a structure without an official name, or with a person's members", async () => {
    expect((await saveStructure({})).statusMessage).toBe("structureContact.officialName is required");
    const body = { structureContact: { officialName: x(101) }, individualContact: block, role: "MEMBER" };
    expect((await saveStructure(body)).statusMessage).toBe(
      "individualContact is not a member of a structure; role of a structure is PUBLIC; " +
        "structureContact.officialName has 101 characters, at most 100 are allowed",
    );
  });

  it("another role than the one that a contact has", async () => {
    expect((await save({ contactNumber: "1", role: "MEMBER" })).statusMessage).toBe("role cannot be changed");
    expect((await save({ contactNumber: "1", role: "PUBLIC" })).statusCode).toBe("success");
  });

  it("with every rule that is broken, not only the first", async () => {
    const answer = await save({
      ...named("birthday", "yesterday"),
      addresses: [{ zipCode: "123456789", countryCode: "UK" }, { town: x(21) }],
    });
    expect(String(answer.statusMessage).split("; ")).toEqual([
      "individualContact.birthday is not an ISO 8601 instant",
      "addresses[0].zipCode has 9 characters, at most 8 are allowed",
      "addresses[0].countryCode is not an ISO 3166 alpha-2 country code",
      "addresses[1].town has 21 characters, at most 20 are allowed",
    ]);
  });

  it("but nothing that just fits", async () => {
    const answer = await save({
      individualContact: {
        individualFirstName: x(100),
        individualLastName: x(100),
        birthday: "1984-02-29T23:00:00.000Z",
        language: "fr",
      },
      addresses: [
        { street1: x(100), zipCode: "EC1A 1BB", town: x(20), countryCode: "GB", main: true },
        { main: false },
      ],
      communicationMeans: [
        { email: "ada.o'neill+a@müller.example", phone: "1 / 123456789012345" },
        { email: null },
      ],
      authorizations: [{ authorizationCode: "LONGCODE", allowed: false }],
      contactCriteria: [
        { code: "GENRE", values: [] },
        { code: "NEWS", value: null },
      ],
    });
    expect(answer.statusCode).toBe("success");
  });

  it("nor a member that S-360 itself gave with the contact", async () => {
    s360.simulator.put("contacts", {
      contactNumber: "2",
      type: "INDIVIDUAL",
      futureMember: 1,
      individualContact: { individualLastName: "Rochat", futureName: "R" },
      addresses: [{ contactAddressId: 5, formattedAddress: "Bern" }],
    });
    const read = await contacts(s360, "getContactData", { contactNumber: "2" });
    expect((await contacts(s360, "saveIndividualContactData", read)).statusCode).toBe("success");
    expect(s360.simulator.venue.body("contacts", "2")).toMatchObject({
      futureMember: 1,
      addresses: [{ contactAddressId: 5, formattedAddress: "Bern" }],
    });
  });

  it("knows the 249 countries of ISO 3166", () => {
    expect(countryCodes.size).toBe(249);
    for (const code of countryCodes) expect(code).toMatch(/^[A-Z]{2}$/);
  });
});
