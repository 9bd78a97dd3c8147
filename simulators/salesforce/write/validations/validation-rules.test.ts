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
