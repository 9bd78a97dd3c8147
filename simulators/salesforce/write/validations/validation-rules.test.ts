import { afterEach, describe, expect, it } from "vitest";
import { useOrg } from "../../test-org";

const org = useOrg();
const addRule = (formula: string, message = "Not here", errorField?: string) =>
  org.control<{ id: string; error?: string }>("POST", "/validation-rules", {
    object: "Contact",
    formula,
    message,
    errorField,
  });

afterEach(async () => {
  await org.control("DELETE", "/validation-rules");
});

describe("a validation rule", () => {
  it("refuses the one row it is true of, in the admin's words, and leaves the others", async () => {
    await addRule("SyncId__c = '0012034'", "Ask the box office first", "SyncId__c");
    const results = await org.upsert("Contact", [
      { SyncId__c: "0012033", LastName: "a" },
      { SyncId__c: "0012034", LastName: "b" },
      { SyncId__c: "0012035", LastName: "c" },
    ]);
    expect(results.map(({ success }) => success)).toEqual([true, false, true]);
    expect(results[1]?.errors).toEqual([
      {
        statusCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        message: "Ask the box office first",
        fields: ["SyncId__c"],
      },
    ]);
  });

  it.each<[string, Record<string, unknown>, boolean]>([
    ['AND(ISBLANK(Email), Title = "Chief")', { Title: "Chief" }, true],
    ['AND(ISBLANK(Email), Title = "Chief")', { Title: "Chief", Email: "a@mail.example" }, false],
    ["LEN(FirstName) > 3 && NOT(HasOptedOutOfEmail)", { FirstName: "Anna" }, true],
    ["LEN(FirstName) > 3 && NOT(HasOptedOutOfEmail)", { FirstName: "Anna", HasOptedOutOfEmail: true }, false],
    ['BEGINS(MobilePhone, "+41") || CONTAINS(LOWER(LastName), "x")', { MobilePhone: "+4179" }, true],
    ['IF(ISNEW(), LEFT(Title, 2) & "!" = "Ch!", false)', { Title: "Chief" }, true],
    ["1 + 2 * 3 <> 7", {}, false],
    ["Title = ''", {}, true],
  ])("%s of %j is %s", async (formula, row, isRefused) => {
    expect((await addRule(formula)).status).toBe(200);
    const { status } = await org.api("POST", "/sobjects/Contact", { LastName: "Row", ...row });
    expect(status).toBe(isRefused ? 400 : 201);
  });

  it("sees what changed", async () => {
    const id = await org.create("Contact", { LastName: "Before", Title: "Clerk" });
    await addRule('AND(ISCHANGED(Title), PRIORVALUE(Title) = "Clerk")');
    const change = async (row: unknown) => (await org.api("PATCH", `/sobjects/Contact/${id}`, row)).status;
    expect(await change({ LastName: "After" })).toBe(204);
    expect(await change({ Title: "Chief" })).toBe(400);
  });

  it.each([
    ["Nope__c = 'x'", "Field Nope__c does not exist on Contact."],
    ["VLOOKUP(Title)", "Unknown function VLOOKUP."],
    ["Title = ", "Syntax error: the formula ends too early."],
    ["AND(true", "Syntax error: the formula ends too early."],
    ["true true", "Syntax error: extra 'true'."],
  ])("is not accepted with the formula %s", async (formula, reason) => {
    expect(await addRule(formula)).toMatchObject({ status: 400, body: { error: reason } });
  });
});

describe("the names in a validation rule", () => {
  const rule = (object: string, formula: string) =>
    org.control<{ error?: string }>("POST", "/validation-rules", { object, formula, message: "Refused" });
  const create = async (object: string, row: unknown) =>
    (await org.api("POST", `/sobjects/${object}`, row)).status;

  it("may be of a parent one lookup away, of the record type, or of the user who saves", async () => {
    const account = await org.create("Account", { Name: "Closed house" });
    await rule("Contact", 'BEGINS(Account.Name, "Closed")');
    expect(await create("Contact", { LastName: "x", AccountId: account })).toBe(400);
    expect(await create("Contact", { LastName: "x" })).toBe(201);
    await org.control("DELETE", "/validation-rules");
    await rule("Contact", '$User.Username = "integration@myvenue.example"');
    expect(await create("Contact", { LastName: "x" })).toBe(400);
    const { body } = await org.control<{ results: { success: boolean }[] }>("POST", "/records", {
      object: "Contact",
      records: [{ LastName: "By the admin" }],
    });
    expect(body.results[0]?.success).toBe(true);
    await org.control("DELETE", "/validation-rules");
    await rule("Account", 'RecordType.DeveloperName = "PersonAccount"');
    const RecordTypeId = await org.personRecordTypeId();
    expect(await create("Account", { LastName: "x", RecordTypeId })).toBe(400);
    expect(await create("Account", { Name: "x" })).toBe(201);
  });

  it("reach no further, and must exist", async () => {
    expect((await rule("Contact", "ISBLANK(Account.Parent.Name)")).body.error).toBe(
      "Account.Parent.Name goes over more than one lookup, which formulas here cannot.",
    );
    expect((await rule("Contact", "ISBLANK(House.Name)")).body.error).toBe(
      "Relationship House does not exist on Contact.",
    );
    expect((await rule("Contact", "ISBLANK(Account.Nope)")).body.error).toBe(
      "Field Nope does not exist on Account.",
    );
    expect((await rule("Contact", "$Permission.X")).body.error).toBe(
      "$Permission cannot be used in formulas here.",
    );
  });

  it("are those of the account for a person, whichever side is edited", async () => {
    const RecordTypeId = await org.personRecordTypeId();
    const id = await org.create("Account", { RecordTypeId, LastName: "Person" });
    await rule("Account", 'PersonTitle = "Chief"');
    await rule("Contact", "true");
    const [contact] = await org.query<{ Id: string }>(`SELECT Id FROM Contact WHERE AccountId = '${id}'`);
    const edit = async (Title: string) =>
      (await org.api("PATCH", `/sobjects/Contact/${contact?.Id}`, { Title })).status;
    expect(await edit("Chief")).toBe(400);
    expect(await edit("Clerk")).toBe(204);
  });
});
