import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();
let personType = "";
beforeAll(async () => {
  personType = await org.personRecordTypeId();
});
afterEach(async () => {
  await org.control("DELETE", "/automations");
  await org.control("DELETE", "/validation-rules");
});

const add = (automation: Record<string, unknown>) =>
  org.control<{ id: string; error?: string }>("POST", "/automations", automation);
const read = async (object: string, id: string) =>
  (await org.api<Record<string, unknown>>("GET", `/sobjects/${object}/${id}`)).body;

describe("a phone formatter", () => {
  it.each([
    ["4155551212", "(415) 555-1212"],
    ["1-415-555.1212", "(415) 555-1212"],
    ["+41 79 123 45 67", "+41 79 123 45 67"],
    ["555-1212", "555-1212"],
    ["ask for Ada", "ask for Ada"],
  ])("writes %s as %s", async (given, stored) => {
    await add({ kind: "phone-formatter", object: "Contact" });
    const id = await org.create("Contact", { LastName: "Phone", MobilePhone: given });
    expect(await read("Contact", id)).toMatchObject({ MobilePhone: stored });
  });

  it("can write international numbers without blanks, in the fields it is told", async () => {
    await add({ kind: "phone-formatter", object: "Contact", format: "e164", fields: ["MobilePhone"] });
    const phone = "+41 (0)79 123 45 67";
    const id = await org.create("Contact", { LastName: "Phone", MobilePhone: phone, HomePhone: phone });
    expect(await read("Contact", id)).toMatchObject({ MobilePhone: "+41791234567", HomePhone: phone });
  });
});

describe("a trigger before the save", () => {
  it("sets fields by value and formula; what it sets is checked as if it were given", async () => {
    await add({
      kind: "field-trigger",
      object: "Contact",
      timing: "before",
      when: "ISBLANK(Title)",
      set: { Title: { formula: 'UPPER(LastName) & "!"' }, Department: "Guests" },
    });
    const id = await org.create("Contact", { LastName: "Ada" });
    expect(await read("Contact", id)).toMatchObject({ Title: "ADA!", Department: "Guests" });
    const long = await org.api<ErrorBody>("POST", "/sobjects/Contact", {
      LastName: "x".repeat(80),
      Title: "",
    });
    expect(long.status).toBe(201);
    await add({
      kind: "field-trigger",
      object: "Contact",
      timing: "before",
      set: { Email: "no address" },
    });
    const refused = await org.api<ErrorBody>("POST", "/sobjects/Contact", { LastName: "x" });
    expect(refused.body[0]?.errorCode).toBe("INVALID_EMAIL_ADDRESS");
  });

  it("can fill a required field, and validation rules see what it set", async () => {
    await add({ kind: "field-trigger", object: "Contact", timing: "before", set: { LastName: "Given" } });
    await org.control("POST", "/validation-rules", {
      object: "Contact",
      formula: 'LastName <> "Given"',
      message: "Too early",
    });
    expect((await org.api("POST", "/sobjects/Contact", {})).status).toBe(201);
  });
});

describe("a trigger after the save", () => {
  it("writes once more in the same step as the same user", async () => {
    await add({
      kind: "field-trigger",
      object: "Contact",
      timing: "after",
      when: "NOT(ISBLANK(Email))",
      set: { Description: { formula: '"Reach: " & Email' } },
    });
    const id = await org.create("Contact", { LastName: "After", Email: "a@mail.example" });
    const row = await read("Contact", id);
    expect(row).toMatchObject({ Description: "Reach: a@mail.example", LastModifiedById: row.CreatedById });
    expect(row.SystemModstamp).toBe(row.CreatedDate);
  });

  it("takes the whole row down when its own write fails", async () => {
    await add({
      kind: "field-trigger",
      object: "Contact",
      name: "ContactTrigger",
      timing: "after",
      set: { Title: "Chief" },
    });
    await org.control("POST", "/validation-rules", {
      object: "Contact",
      formula: 'Title = "Chief"',
      message: "No chiefs",
      errorField: "Title",
    });
    const { status, body } = await org.api<ErrorBody>("POST", "/sobjects/Contact", { LastName: "Undone" });
    expect(status).toBe(400);
    expect(body[0]?.errorCode).toBe("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
    expect(body[0]?.message).toMatch(
      /^ContactTrigger: execution of AfterInsert\n\ncaused by: System\.DmlException: Update failed\. First exception on row 0 with id 003\w{15}; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, No chiefs: \[Title\]\n\n\(\)$/,
    );
    expect(await org.query("SELECT Id FROM Contact WHERE LastName = 'Undone'")).toEqual([]);
  });

  it("is stopped when triggers keep setting each other off", async () => {
    for (const [when, set] of [
      ['Title = "A"', "B"],
      ['Title <> "A"', "A"],
    ]) {
      await add({ kind: "field-trigger", object: "Contact", timing: "after", when, set: { Title: set } });
    }
    const { body } = await org.api<ErrorBody>("POST", "/sobjects/Contact", { LastName: "Endless" });
    expect(body[0]?.message).toContain("maximum trigger depth exceeded");
  });
});

describe("automations and person accounts", () => {
  it("run for the account whichever side is edited, and never for its contact", async () => {
    await add({ kind: "phone-formatter", object: "Account" });
    await add({ kind: "field-trigger", object: "Account", timing: "after", set: { Site: "Seen" } });
    await add({ kind: "field-trigger", object: "Contact", timing: "before", set: { Department: "Never" } });
    const id = await org.create("Account", {
      RecordTypeId: personType,
      LastName: "Person",
      PersonMobilePhone: "4155551212",
    });
    const account = await read("Account", id);
    expect(account).toMatchObject({ PersonMobilePhone: "(415) 555-1212", Site: "Seen" });
    const contact = `/sobjects/Contact/${String(account.PersonContactId)}`;
    await org.api("PATCH", `/sobjects/Account/${id}`, { Site: null });
    expect((await org.api("PATCH", contact, { MobilePhone: "4155550000" })).status).toBe(204);
    expect((await org.api<Record<string, unknown>>("GET", contact)).body).toMatchObject({
      MobilePhone: "(415) 555-0000",
      Department: null,
    });
    expect(await read("Account", id)).toMatchObject({
      PersonMobilePhone: "(415) 555-0000",
      Site: "Seen",
      PersonDepartment: null,
    });
  });
});

describe("a flow with an error", () => {
  it("fails the rows it is true of, in a flow's words", async () => {
    await add({
      kind: "flow-error",
      object: "Contact",
      name: "Check guests",
      when: 'BEGINS(LastName, "Bad")',
      message: "This error occurred when the flow tried to update records.",
    });
    const [good, bad] = await org.upsert("Contact", [
      { SyncId__c: "f1", LastName: "Good" },
      { SyncId__c: "f2", LastName: "Bad one" },
    ]);
    expect(good?.success).toBe(true);
    expect(bad?.errors[0]).toEqual({
      statusCode: "CANNOT_EXECUTE_FLOW_TRIGGER",
      message:
        "We can't save this record because the “Check guests” process failed. Give your Salesforce admin these details. This error occurred when the flow tried to update records.",
      fields: [],
    });
  });
});

describe("an automation", () => {
  it.each([
    [{ kind: "field-trigger", object: "Nope", timing: "after", set: {} }, "There is no object Nope."],
    [
      { kind: "field-trigger", object: "Contact", timing: "after", set: { Nope: 1 } },
      "Field Nope does not exist on Contact.",
    ],
    [
      { kind: "field-trigger", object: "Contact", timing: "after", set: { CreatedDate: "x" } },
      "Field CreatedDate of Contact cannot be written.",
    ],
    [
      { kind: "phone-formatter", object: "Contact", fields: ["LastName"] },
      "Contact.LastName is no phone field.",
    ],
    [
      { kind: "flow-error", object: "Contact", when: "VLOOKUP(1)", message: "x" },
      "Unknown function VLOOKUP.",
    ],
  ])("is not accepted as %j", async (automation, reason) => {
    expect(await add(automation)).toMatchObject({ status: 400, body: { error: reason } });
  });
});
