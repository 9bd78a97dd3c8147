import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();

describe("one row", () => {
  it("is created with 201 and a Location, read, changed with 204, and gone after delete", async () => {
    const created = await org.api<{ id: string }>("POST", "/sobjects/Contact", { LastName: "Frank" });
    expect(created.status).toBe(201);
    const { id } = created.body;
    expect(id).toMatch(/^003[A-Za-z0-9]{15}$/);
    expect(created.headers.get("location")).toBe(`/services/data/v62.0/sobjects/Contact/${id}`);
    expect((await org.api("PATCH", `/sobjects/Contact/${id}`, { FirstName: "Ada" })).status).toBe(204);
    const read = await org.api<Record<string, unknown>>(
      "GET",
      `/sobjects/Contact/${id.slice(0, 15)}?fields=Name`,
    );
    expect(read.body).toEqual({
      attributes: { type: "Contact", url: `/services/data/v62.0/sobjects/Contact/${id}` },
      Name: "Ada Frank",
      Id: id,
    });
    expect((await org.api("DELETE", `/sobjects/Contact/${id}`)).status).toBe(204);
    const gone = await org.api<ErrorBody>("PATCH", `/sobjects/Contact/${id}`, { FirstName: "x" });
    expect(gone).toMatchObject({ status: 404, body: [{ errorCode: "ENTITY_IS_DELETED" }] });
  });

  it("carries who and when, to the second and in UTC", async () => {
    const id = await org.create("Contact", { LastName: "Stamp" });
    const { body } = await org.api<Record<string, string>>("GET", `/sobjects/Contact/${id}`);
    expect(body.SystemModstamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
    const [user] = await org.query<{ Username: string }>(
      `SELECT Username FROM User WHERE Id = '${body.LastModifiedById}'`,
    );
    expect(user?.Username).toBe("integration@myvenue.example");
  });

  it("is not changed when it was modified after If-Unmodified-Since", async () => {
    const id = await org.create("Contact", { LastName: "Locked" });
    const change = (since: string) =>
      org.api("PATCH", `/sobjects/Contact/${id}`, { FirstName: "x" }, { "If-Unmodified-Since": since });
    expect((await change("Mon, 01 Jan 2024 00:00:00 GMT")).status).toBe(412);
    expect((await change(new Date(Date.now() + 60_000).toUTCString())).status).toBe(204);
  });
});

describe("refusals of one row", () => {
  const errorOf = async (object: string, row: unknown) => {
    const { status, body } = await org.api<ErrorBody>("POST", `/sobjects/${object}`, row);
    expect(status).toBe(400);
    return body[0];
  };

  it.each<[string, unknown, Record<string, unknown>]>([
    [
      "Contact",
      { FirstName: "x" },
      {
        errorCode: "REQUIRED_FIELD_MISSING",
        message: "Required fields are missing: [LastName]",
        fields: ["LastName"],
      },
    ],
    [
      "Contact",
      { LastName: "x", Foo__c: 1 },
      { errorCode: "INVALID_FIELD", message: "No such column 'Foo__c' on sobject of type Contact" },
    ],
    [
      "Contact",
      { LastName: "x".repeat(81) },
      {
        errorCode: "STRING_TOO_LONG",
        message: `Last Name: data value too large: ${"x".repeat(81)} (max length=80)`,
        fields: ["LastName"],
      },
    ],
    [
      "Contact",
      { LastName: "x", Email: "not an address" },
      {
        errorCode: "INVALID_EMAIL_ADDRESS",
        message: "Email: invalid email address: not an address",
        fields: ["Email"],
      },
    ],
    [
      "Contact",
      { LastName: "x", CreatedDate: "2020-01-01T00:00:00Z" },
      { errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE", fields: ["CreatedDate"] },
    ],
    ["Contact", { LastName: "x", Id: "003000000000001" }, { errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE" }],
    [
      "Contact",
      { LastName: "x", CleanStatus: "Sparkling" },
      {
        errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        message: "Clean Status: bad value for restricted picklist field: Sparkling",
      },
    ],
    [
      "Contact",
      { LastName: "x", AccountId: "001000000000001AAA" },
      { errorCode: "INVALID_CROSS_REFERENCE_KEY", message: "invalid cross reference id" },
    ],
    [
      "Contact",
      { LastName: "x", AccountId: "003000000000001AAA" },
      { errorCode: "MALFORMED_ID", message: "Account ID: id value of incorrect type: 003000000000001AAA" },
    ],
    [
      "Contact",
      { LastName: "x", HasOptedOutOfEmail: null },
      { errorCode: "INVALID_TYPE_ON_FIELD_IN_RECORD" },
    ],
    [
      "SecutixSale__c",
      { Quantity__c: 12345678901 },
      {
        errorCode: "NUMBER_OUTSIDE_VALID_RANGE",
        message: "Quantity: value outside of valid range on numeric field: 12345678901",
      },
    ],
    ["RecordType", { Name: "x" }, { errorCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" }],
  ])("%s %j", async (object, row, expected) => {
    expect(await errorOf(object, row)).toMatchObject(expected);
  });

  it.each([
    [{ LastName: { a: 1 } }, "string from START_OBJECT value {"],
    [{ LastName: ["a"] }, "string from START_ARRAY value ["],
    [{ HasOptedOutOfEmail: "true" }, "boolean from VALUE_STRING value true"],
    [{ Birthdate: "31.01.2020" }, "date from VALUE_STRING value 31.01.2020"],
    [{ Birthdate: "2020-02-31" }, "date from VALUE_STRING value 2020-02-31"],
    [{ EmailBouncedDate: "2020-01-01 10:00:00" }, "datetime from VALUE_STRING value 2020-01-01 10:00:00"],
    [{ MailingLatitude: "46,5" }, "double from VALUE_STRING value 46,5"],
  ])("a wrong JSON type: %j", async (row, reason) => {
    const error = await errorOf("Contact", row);
    expect(error?.errorCode).toBe("JSON_PARSER_ERROR");
    expect(error?.message).toContain(`Cannot deserialize instance of ${reason}`);
    expect(error?.message).toMatch(/at \[line:1, column:\d+\]$/);
  });

  it("a duplicate of a unique key, whatever its case", async () => {
    const id = await org.create("Contact", { LastName: "x", SyncId__c: "Abc-1" });
    expect(await errorOf("Contact", { LastName: "y", SyncId__c: "aBC-1" })).toEqual({
      errorCode: "DUPLICATE_VALUE",
      message: `duplicate value found: SyncId__c duplicates value on record with id: ${id.slice(0, 15)}`,
      fields: [],
    });
  });

  it("answers unknown resources, objects, ids and methods as Salesforce does", async () => {
    const get = (path: string, method = "GET") => org.api<ErrorBody>(method, path);
    const nothing = {
      status: 404,
      body: [{ errorCode: "NOT_FOUND", message: "The requested resource does not exist" }],
    };
    expect(await get("/composite/graph")).toMatchObject(nothing);
    expect(await get("/tooling/query")).toMatchObject(nothing);
    expect(await get("/sobjects/Nothing__c/describe")).toMatchObject(nothing);
    expect(await get("/sobjects/Contact/003000000000001AAA")).toMatchObject(nothing);
    expect(await get("/sobjects/Contact/junk")).toMatchObject({
      status: 404,
      body: [{ message: "Provided external ID field does not exist or is not accessible: junk" }],
    });
    expect((await get("/limits", "DELETE")).status).toBe(405);
    expect((await org.api("GET", "/limits", undefined, {}, "99.0")).status).toBe(404);
  });

  it("refuses broken JSON, a body that says it is no JSON, and a URI beyond 16,384 bytes", async () => {
    expect(await org.api("POST", "/sobjects/Contact", "{")).toMatchObject({
      status: 400,
      body: [{ errorCode: "JSON_PARSER_ERROR" }],
    });
    const text = await org.api("POST", "/sobjects/Contact", "{}", { "content-type": "text/plain" });
    expect(text.status).toBe(415);
    expect((await org.api("GET", `/query?q=${"x".repeat(17_000)}`)).status).toBe(414);
  });
});

describe("one row by external id", () => {
  const value = "a/b?c#d é";
  const path = `/sobjects/Contact/SyncId__c/${encodeURIComponent(value)}`;

  it("is created with 201, updated with 200, and found under a value that needs encoding", async () => {
    const created = await org.api<{ id: string; created: boolean }>("PATCH", path, { LastName: "Odd" });
    expect(created).toMatchObject({ status: 201, body: { created: true, success: true } });
    const updated = await org.api<{ id: string }>("PATCH", path, { FirstName: "Key" });
    expect(updated).toMatchObject({ status: 200, body: { created: false, id: created.body.id } });
    expect((await org.api<Record<string, unknown>>("GET", path)).body.SyncId__c).toBe(value);
  });

  it("answers an update with 204 up to version 45.0", async () => {
    const answer = await org.api("PATCH", path, { FirstName: "Old" }, {}, "45.0");
    expect(answer).toMatchObject({ status: 204, body: undefined });
  });

  it("is not created with updateOnly, nor with the key in the body, nor by a field that is no key", async () => {
    const missing = await org.api("PATCH", "/sobjects/Contact/SyncId__c/none?updateOnly=true", {
      LastName: "x",
    });
    expect(missing.status).toBe(404);
    const repeated = await org.api<ErrorBody>("PATCH", path, { SyncId__c: value });
    expect(repeated.body[0]?.message).toBe(
      "The SyncId__c field should not be specified in the sobject data.",
    );
    const noKey = await org.api<ErrorBody>("PATCH", "/sobjects/Contact/Title/x", { LastName: "x" });
    expect(noKey).toMatchObject({ status: 404, body: [{ errorCode: "NOT_FOUND" }] });
  });

  it("answers 300 with the records when the key is not unique", async () => {
    await org.create("Contact", { LastName: "One", Email: "same@mail.example" });
    await org.create("Contact", { LastName: "Two", Email: "same@mail.example" });
    const answer = await org.api<string[]>("PATCH", "/sobjects/Contact/Email/same%40mail.example", {
      Title: "x",
    });
    expect(answer.status).toBe(300);
    expect(answer.body).toHaveLength(2);
    expect(answer.body[0]).toMatch(/^\/services\/data\/v62\.0\/sobjects\/Contact\/003/);
  });
});

describe("lookups", () => {
  it("are set by a key of the parent, and refused when no parent has it", async () => {
    const accountId = await org.create("Account", { Name: "Étoile", SyncId__c: "acc-1" });
    const id = await org.create("Contact", { LastName: "Relay", Account: { SyncId__c: "ACC-1" } });
    const [contact] = await org.query<{ AccountId: string }>(
      `SELECT AccountId FROM Contact WHERE Id = '${id}'`,
    );
    expect(contact?.AccountId).toBe(accountId);
    const missing = await org.api<ErrorBody>("POST", "/sobjects/SecutixSale__c", {
      Account__r: { SyncId__c: "no" },
    });
    expect(missing.body).toEqual([
      {
        errorCode: "INVALID_FIELD",
        message: "Foreign key external ID: no not found for field SyncId__c in entity Account",
        fields: [],
      },
    ]);
    const both = await org.api<ErrorBody>("POST", "/sobjects/Contact", {
      LastName: "x",
      AccountId: accountId,
      Account: { SyncId__c: "acc-1" },
    });
    expect(both.body[0]?.message).toContain("Cannot specify both an external ID reference");
  });

  it("are emptied when the parent is deleted; contacts go with their account", async () => {
    const accountId = await org.create("Account", { Name: "Short-lived" });
    const contactId = await org.create("Contact", { LastName: "Follows", AccountId: accountId });
    const saleId = await org.create("SecutixSale__c", { Name: "Stays", Account__c: accountId });
    await org.api("DELETE", `/sobjects/Account/${accountId}`);
    expect((await org.api("GET", `/sobjects/Contact/${contactId}`)).status).toBe(404);
    const sale = await org.api<Record<string, unknown>>("GET", `/sobjects/SecutixSale__c/${saleId}`);
    expect(sale.body.Account__c).toBeNull();
  });
});

describe("Sforce-Auto-Assign", () => {
  it("makes no difference in an org without assignment rules, and is checked", async () => {
    const create = async (value: string) =>
      (await org.api("POST", "/sobjects/Account", { Name: "x" }, { "Sforce-Auto-Assign": value })).status;
    expect(await create("FALSE")).toBe(201);
    expect(await create("true")).toBe(201);
    expect(await create("perhaps")).toBe(400);
    expect(await create("01Q000000000001AAA")).toBe(400);
  });
});
