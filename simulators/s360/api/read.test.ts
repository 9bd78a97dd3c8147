import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import { call, contacts, contactService, control, token } from "../testing/api-client";
import { contactDetails } from "../webhook/details";
import type { JsonObject } from "../venue/json";

describe("reading contacts through the API", () => {
  let s360: S360Simulator;
  const stored = (number: string) => s360.simulator.venue.body("contacts", number);
  const search = async (criteria: JsonObject) => {
    const { contactDataList, ...rest } = await contacts(s360, "searchContact", criteria);
    if (!Array.isArray(contactDataList)) return { numbers: [], ...rest };
    return { numbers: contactDataList.map((each) => (each as JsonObject).contactNumber), ...rest };
  };

  beforeEach(async () => {
    s360 = await startS360Simulator({ demo: true, settings: { api: { callsPerMinute: 0 } } });
  });
  afterEach(() => s360.close());

  it("gives all members of a contact beside the status", async () => {
    const answer = await contacts(s360, "getContactData", { contactNumber: "0030100", requestId: 77 });
    expect(answer).toEqual({
      ...stored("0030100"),
      requestId: 77,
      statusCode: "success",
      statusDetail: null,
    });
  });

  it("makes a request id of its own when there is none, and refuses one that is no integer", async () => {
    const { requestId } = await contacts(s360, "getContactData", { contactNumber: "0030100" });
    expect(Number.isInteger(requestId)).toBe(true);
    const path = `${contactService}/getContactData`;
    expect((await call(s360, path, { contactNumber: "0030100", requestId: "a" })).status).toBe(400);
  });

  it("gives only the details that are asked for: the others are absent, not empty", async () => {
    const details = ["GENERAL", "AUTHORIZATIONS"];
    const answer = await contacts(s360, "getContactData", { contactNumber: "0030100", details });
    expect(answer.authorizations).toEqual(stored("0030100").authorizations);
    expect(answer.individualContact).toEqual(stored("0030100").individualContact);
    for (const absent of ["addresses", "communicationMeans", "contactCriteria", "contactConnections"])
      expect(answer).not.toHaveProperty(absent);
    const all = await contacts(s360, "getContactData", {
      contactNumber: "0030100",
      details: [...contactDetails],
    });
    expect(all).toMatchObject(stored("0030100"));
  });

  it("answers a number that it does not know with a business error", async () => {
    expect(await contacts(s360, "getContactData", { contactNumber: "30100", requestId: 1 })).toEqual({
      requestId: 1,
      statusCode: "error",
      statusDetail: "error.contact.notFound",
      statusMessage: "There is no contact with the number 30100.",
    });
  });

  it.each([
    [{}, "contactNumber is required"],
    [{ contactNumber: "9".repeat(21) }, "contactNumber has 21 characters, at most 20 are allowed"],
    [{ contactNumber: "0030100", details: ["NAMES"] }, '"NAMES", which is none of GENERAL'],
    [{ contactNumber: "0030100", details: "GENERAL" }, "details is not a list"],
  ])("says what is wrong with %j", async (body, why) => {
    const answer = await contacts(s360, "getContactData", body);
    expect(answer).toMatchObject({ statusCode: "error", statusDetail: "error.request.validation" });
    expect(answer.statusMessage).toContain(why);
  });

  it("finds contacts that equal every criterion, without case", async () => {
    const twin = (number: string, email: string | null) => ({
      contactNumber: number,
      type: "INDIVIDUAL",
      individualContact: { individualFirstName: "Ada", individualLastName: "Søren" },
      communicationMeans: [{ email: null }, { email }],
    });
    s360.simulator.putAll("contacts", [
      twin("9", "ada@mail.example"),
      twin("8", "Ada@Mail.example"),
      twin("7", null),
    ]);
    expect((await search({ email: "ADA@mail.example" })).numbers).toEqual(["8", "9"]);
    expect((await search({ firstName: "ada", lastName: "SØREN" })).numbers).toEqual(["7", "8", "9"]);
    expect((await search({ email: "ada@mail.example", lastName: "Other" })).numbers).toEqual([]);
    expect((await search({ email: "ada@mail" })).numbers).toEqual([]);
    expect((await search({ officialName: "étoile productions", email: null })).numbers).toHaveLength(1);
  });

  it("gives full contacts, a page at a time, and says whether there are more", async () => {
    const same = Array.from({ length: 5 }, (_, index) => ({
      contactNumber: `9${index}`,
      individualContact: { individualLastName: "Same" },
    }));
    s360.simulator.putAll("contacts", same);
    expect(await contacts(s360, "searchContact", { lastName: "same", nbMaxResults: 1 })).toMatchObject({
      contactDataList: [same[0]],
      truncated: true,
    });
    expect(await search({ lastName: "same", minIndex: 3, nbMaxResults: 2 })).toMatchObject({
      numbers: ["93", "94"],
      truncated: false,
    });
  });

  it.each([
    [{}, "error.search.noCriterion"],
    [{ email: " " }, "error.search.noCriterion"],
    [{ email: 5 }, "error.request.validation"],
    [{ email: "a@b.example", nbMaxResults: 5000 }, "error.request.validation"],
    [{ email: "a@b.example", minIndex: -1 }, "error.request.validation"],
  ])("refuses to search for %j", async (criteria, code) => {
    expect(await contacts(s360, "searchContact", criteria)).toMatchObject({
      statusCode: "error",
      statusDetail: code,
    });
  });

  it("keeps every digit of a long id", async () => {
    const long = '{"contactNumber":"1","contactId":12345678901234567890}';
    await fetch(`${s360.url}/__control/contacts`, { method: "POST", body: long });
    const { text } = await call(s360, `${contactService}/getContactData`, { contactNumber: "1" });
    expect(text).toContain('"contactId":12345678901234567890');
  });
});

describe("the API's addresses", () => {
  let s360: S360Simulator;
  beforeEach(async () => {
    s360 = await startS360Simulator();
    s360.simulator.put("contacts", { contactNumber: "1" });
  });
  afterEach(() => s360.close());

  it("exist in the latest and in the active version", async () => {
    for (const version of ["v2_21", "v2_22"]) {
      const path = `/tnco/backend-apis/contactInformationPublicService/${version}/getContactData`;
      expect((await call(s360, path, { contactNumber: "1" })).status).toBe(200);
    }
  });

  it.each([
    ["/tnco/backend-apis/contactInformationPublicService/v2_20/getContactData", "no such version"],
    ["/tnco/backend-apis/contactInformationPublicService/v2_21/deleteContact", "no such method"],
    ["/tnco/backend-apis/orderService/v2_21/getContactData", "No such service"],
    ["/tnseb/backend-apis/externalOrderFacade/v1_33/closeOrder", "No such service"],
    ["/tnai/backend-apis/v2/auth", "No such service"],
  ])("are 404 otherwise: %s", async (path, why) => {
    const answer = await call(s360, path, {});
    expect(answer.status).toBe(404);
    expect(answer.text).toContain(why);
  });

  it("take POST only, and JSON only", async () => {
    const path = `${contactService}/getContactData`;
    const headers = { authorization: `Bearer ${await token()}` };
    const get = await fetch(s360.url + path, { headers });
    expect([get.status, get.headers.get("allow")]).toEqual([405, "POST"]);
    expect(
      (await call(s360, path, "a=1", { "content-type": "application/x-www-form-urlencoded" })).status,
    ).toBe(415);
    const charset = { "content-type": "application/json; charset=utf-8" };
    expect((await call(s360, path, { contactNumber: "1" }, charset)).status).toBe(200);
    expect((await call(s360, path, "{")).status).toBe(400);
    expect((await call(s360, path, "[]")).status).toBe(400);
  });

  it("are logged by method, number and outcome, without bodies", async () => {
    await contacts(s360, "getContactData", { contactNumber: "1" });
    await contacts(s360, "getContactData", { contactNumber: "2" });
    await contacts(s360, "searchContact", { lastName: "Rochat" });
    await call(s360, `${contactService}/getContactData`, {}, { authorization: "" });
    await call(s360, `${contactService}/nothing`, {});
    const { body } = await control(s360, "GET", "calls");
    expect(body).toMatchObject([
      { method: "unknown", status: 404 },
      {
        method: "getContactData",
        contactNumber: null,
        status: 401,
        outcome: "Token refused: no Bearer token.",
      },
      { method: "searchContact", contactNumber: null, status: 200, outcome: "success" },
      { method: "getContactData", contactNumber: "2", status: 200, outcome: "error.contact.notFound" },
      { method: "getContactData", contactNumber: "1", status: 200, outcome: "success" },
    ]);
    expect(JSON.stringify(body)).not.toContain("Rochat");
    expect((await control(s360, "GET", "calls?method=getContactData&key=2")).body).toHaveLength(1);
    expect((await control(s360, "GET", "state")).body.api.calls).toEqual({
      total: 5,
      byMethod: { getContactData: 3, searchContact: 1, unknown: 1 },
      refused: 2,
      refusedBy: { minute: 0, month: 0, token: 1, request: 1 },
    });
  });

  it("answer 500 with a text when the simulator itself fails", async () => {
    s360.simulator.venue.contacts.get = () => {
      throw new Error("the cupboard is locked");
    };
    const answer = await call(s360, `${contactService}/getContactData`, { contactNumber: "1" });
    expect([answer.status, answer.text]).toEqual([500, "the cupboard is locked\n"]);
  });
});
