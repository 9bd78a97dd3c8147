import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody, type RowResult } from "../test-org";

const org = useOrg();
const contact = (row: Record<string, unknown>) => ({ attributes: { type: "Contact" }, ...row });
const account = (row: Record<string, unknown>) => ({ attributes: { type: "Account" }, ...row });

describe("upsert of up to 200 rows", () => {
  it("creates and updates in order, and fails row by row", async () => {
    await org.upsert("Contact", [{ SyncId__c: "u2", LastName: "Before" }]);
    const results = await org.upsert("Contact", [
      { SyncId__c: "u1", LastName: "New" },
      { SyncId__c: "u2", LastName: "After" },
      { SyncId__c: "u3", Email: "no last name@x" },
      { LastName: "No key" },
    ]);
    expect(results.map(({ success, created }) => [success, created])).toEqual([
      [true, true],
      [true, false],
      [false, false],
      [false, false],
    ]);
    expect(results[2]?.errors[0]?.statusCode).toBe("REQUIRED_FIELD_MISSING");
    expect(results[3]?.errors[0]).toMatchObject({
      statusCode: "MISSING_ARGUMENT",
      message: "SyncId__c not specified",
    });
  });

  it("saves neither of two rows with one key", async () => {
    const results = await org.upsert("Contact", [
      { SyncId__c: "twin", LastName: "One" },
      { SyncId__c: "single", LastName: "Other" },
      { SyncId__c: "TWIN", LastName: "Two" },
    ]);
    expect(results.map(({ success }) => success)).toEqual([false, true, false]);
    expect(results[0]?.errors[0]).toEqual({
      statusCode: "DUPLICATE_VALUE",
      message: "Duplicate external id specified: twin",
      fields: ["SyncId__c"],
    });
  });

  it("takes everything back with allOrNone", async () => {
    const results = await org.upsert(
      "Contact",
      [{ SyncId__c: "all-1", LastName: "Good" }, { SyncId__c: "all-2" }],
      true,
    );
    expect(results.map(({ errors }) => errors[0]?.statusCode)).toEqual([
      "ALL_OR_NONE_OPERATION_ROLLED_BACK",
      "REQUIRED_FIELD_MISSING",
    ]);
    expect(await org.query("SELECT Id FROM Contact WHERE SyncId__c = 'all-1'")).toEqual([]);
  });

  it("refuses a field that is no key, rows of another type, and an unknown column in any row, as a whole", async () => {
    const upsert = (key: string, records: unknown[]) =>
      org.api<ErrorBody>("PATCH", `/composite/sobjects/Contact/${key}`, { records });
    expect((await upsert("Title", [contact({ Title: "x" })])).body[0]?.message).toBe(
      "Field name provided, Title does not match an External ID, Salesforce Id, or indexed field for Contact",
    );
    expect((await upsert("SyncId__c", [account({ SyncId__c: "1" })])).status).toBe(400);
    const unknown = await upsert("SyncId__c", [
      contact({ SyncId__c: "w1", LastName: "Good" }),
      contact({ SyncId__c: "w2", Nope__c: 1 }),
    ]);
    expect(unknown).toMatchObject({ status: 400, body: [{ errorCode: "INVALID_FIELD" }] });
    expect(await org.query("SELECT Id FROM Contact WHERE SyncId__c = 'w1'")).toEqual([]);
  });
});

describe("create, update, retrieve and delete of up to 200 rows", () => {
  it("mixes types, keeps the order and reports bad ids", async () => {
    const created = await org.api<RowResult[]>("POST", "/composite/sobjects", {
      records: [account({ Name: "A" }), contact({ LastName: "C" })],
    });
    const [a, c] = created.body;
    expect(created.body.every((row) => row.success && !("created" in row))).toBe(true);
    const updated = await org.api<RowResult[]>("PATCH", "/composite/sobjects", {
      records: [
        contact({ Id: c?.id, Title: "Chief" }),
        contact({ Title: "No id" }),
        contact({ Id: a?.id, Title: "Wrong type" }),
        contact({ Id: "003000000000001AAA", Title: "Unknown" }),
      ],
    });
    expect(updated.body.map(({ errors }) => errors[0]?.statusCode)).toEqual([
      undefined,
      "MISSING_ARGUMENT",
      "MALFORMED_ID",
      "INVALID_CROSS_REFERENCE_KEY",
    ]);
    const read = await org.api<unknown[]>("POST", "/composite/sobjects/Contact", {
      ids: [c?.id, "003000000000001AAA"],
      fields: ["Title"],
    });
    expect(read.body).toMatchObject([{ Title: "Chief" }, null]);
    const ids = [a?.id, c?.id].join(",");
    const deleted = await org.api<RowResult[]>("DELETE", `/composite/sobjects?ids=${ids}&allOrNone=false`);
    expect(deleted.body.map(({ success }) => success)).toEqual([true, true]);
    const again = await org.api<RowResult[]>("DELETE", `/composite/sobjects?ids=${ids}`);
    expect(again.body[0]?.errors[0]?.statusCode).toBe("ENTITY_IS_DELETED");
  });

  it("refuses one id twice in an update", async () => {
    const id = await org.create("Contact", { LastName: "Twice" });
    const { body } = await org.api<RowResult[]>("PATCH", "/composite/sobjects", {
      records: [contact({ Id: id, Title: "1" }), contact({ Id: id.slice(0, 15), Title: "2" })],
    });
    expect(body.map(({ success }) => success)).toEqual([false, false]);
  });

  it("refuses more than 200 rows, more than ten chunks of types, and a row without type", async () => {
    const post = (records: unknown[]) => org.api<ErrorBody>("POST", "/composite/sobjects", { records });
    const many = await post(Array.from({ length: 201 }, () => contact({ LastName: "x" })));
    expect(many.body[0]).toMatchObject({
      errorCode: "EXCEEDED_ID_LIMIT",
      message: "record limit reached. cannot submit more than 200 records into this call",
    });
    const mixed = Array.from({ length: 11 }, (_, n) =>
      n % 2 ? account({ Name: "x" }) : contact({ LastName: "x" }),
    );
    expect((await post(mixed)).body[0]?.message).toContain("Cannot have more than 10 chunks");
    expect((await post([{ LastName: "x" }])).body[0]?.errorCode).toBe("INVALID_TYPE");
  });

  it("names records that were there before when allOrNone takes them back", async () => {
    const id = await org.create("Contact", { LastName: "There" });
    const update = await org.api<RowResult[]>("PATCH", "/composite/sobjects", {
      allOrNone: true,
      records: [contact({ Id: id, Title: "Taken back" }), contact({ Id: "003000000000001AAA" })],
    });
    expect(update.body[0]).toEqual({
      id,
      success: false,
      errors: [
        {
          statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK",
          message:
            "Record rolled back because not all records were valid and the request was using AllOrNone header",
          fields: [],
        },
      ],
    });
    const create = await org.api<RowResult[]>("POST", "/composite/sobjects", {
      allOrNone: true,
      records: [contact({ LastName: "New" }), contact({})],
    });
    expect(create.body[0]).not.toHaveProperty("id");
    const path = `/composite/sobjects?allOrNone=true&ids=${id},003000000000001AAA`;
    const deletion = await org.api<RowResult[]>("DELETE", path);
    expect(deletion.body.map((row) => [row.id, row.errors[0]?.statusCode])).toEqual([
      [id, "ALL_OR_NONE_OPERATION_ROLLED_BACK"],
      [undefined, "INVALID_CROSS_REFERENCE_KEY"],
    ]);
    expect((await org.api("GET", `/sobjects/Contact/${id}`)).status).toBe(200);
  });

  it("reports ids that are none, and takes only true and false for allOrNone", async () => {
    const malformed = await org.api<RowResult[]>("DELETE", "/composite/sobjects?ids=001RM000003oLrB000");
    expect(malformed.body[0]?.errors[0]).toEqual({
      statusCode: "MALFORMED_ID",
      message: "malformed id 001RM000003oLrB000",
      fields: [],
    });
    expect((await org.api("DELETE", "/composite/sobjects?ids=x&allOrNone=1")).status).toBe(400);
    const post = (body: unknown) => org.api<ErrorBody>("POST", "/composite/sobjects", body);
    for (const allOrNone of [1, "true"]) {
      expect((await post({ records: [], allOrNone })).body[0]?.errorCode).toBe("JSON_PARSER_ERROR");
    }
    expect((await post({ records: [], allornone: true })).body[0]?.message).toMatch(
      /^Unrecognized field "allornone", not marked as ignorable at \[line:1, column:\d+\]$/,
    );
  });

  it("came with 42.0, the upsert with 46.0", async () => {
    const records = [contact({ LastName: "x", SyncId__c: "versions" })];
    const send = async (method: string, path: string, version: string) =>
      (await org.api(method, `/composite/sobjects${path}`, { records }, {}, version)).status;
    expect(await send("POST", "", "41.0")).toBe(404);
    expect(await send("PATCH", "/Contact/SyncId__c", "45.0")).not.toBe(200);
    expect(await send("PATCH", "/Contact/SyncId__c", "46.0")).toBe(200);
  });
});

describe("a value of the wrong JSON type in a row", () => {
  const message =
    "Cannot deserialize instance of date from VALUE_STRING value  or request may be missing a required field at [Source: N/A; line: -1, column: -1][line:-1, column:-1]";
  const refused = { success: false, errors: [{ statusCode: "JSON_PARSER_ERROR", message, fields: [] }] };

  it("is the error of that row alone, in creates, updates and upserts", async () => {
    const call = (method: string, path: string, records: unknown[]) =>
      org.api<RowResult[]>(method, `/composite/sobjects${path}`, { records });
    const bad = contact({ LastName: "Bad", Birthdate: "" });
    const created = await call("POST", "", [contact({ LastName: "Good" }), bad]);
    expect(created).toMatchObject({ status: 200, body: [{ success: true }, refused] });
    expect(created.body[1]).toEqual(refused);
    const Id = created.body[0]?.id;
    const updated = await call("PATCH", "", [
      contact({ Id, Birthdate: "" }),
      contact({ Id, Title: "Chief" }),
    ]);
    expect(updated).toMatchObject({ status: 200, body: [refused, { success: true, id: Id }] });
    const rows = [
      { SyncId__c: "typed", LastName: "Bad", Birthdate: "" },
      { SyncId__c: "typed", LastName: "Good" },
    ];
    const upserted = await call("PATCH", "/Contact/SyncId__c", rows.map(contact));
    expect(upserted).toMatchObject({
      status: 200,
      body: [{ ...refused, created: false }, { success: true }],
    });
    expect(await org.query("SELECT LastName FROM Contact WHERE SyncId__c = 'typed'")).toMatchObject([
      { LastName: "Good" },
    ]);
  });

  it("takes the others back with allOrNone", async () => {
    const records = [
      contact({ LastName: "Typed, taken back" }),
      contact({ LastName: "x", DoNotCall: "yes" }),
    ];
    const { status, body } = await org.api<RowResult[]>("POST", "/composite/sobjects", {
      allOrNone: true,
      records,
    });
    expect([status, ...body.map(({ errors }) => errors[0]?.statusCode)]).toEqual([
      200,
      "ALL_OR_NONE_OPERATION_ROLLED_BACK",
      "JSON_PARSER_ERROR",
    ]);
    expect(await org.query("SELECT Id FROM Contact WHERE LastName = 'Typed, taken back'")).toEqual([]);
  });

  it("does not hide an unknown column, which ends the call", async () => {
    const records = [contact({ LastName: "x", Birthdate: "never", Nope__c: 1 })];
    expect(await org.api("POST", "/composite/sobjects", { records })).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALID_FIELD" }],
    });
  });
});
