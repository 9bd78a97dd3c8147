import { describe, expect, test } from "vitest";
import { compileMapping } from "../compile";
import { mappingDocumentSchema } from "../document";
import { goldenDifferences, goldenResult, goldenSentence, withoutFailing } from "./golden";
import { withEdits, type GoldenEdits } from "./golden-edit";
import { testAccount } from "../test-describe";

const source = { name: "Frank", first: "Edna", mail: "edna@example.org" };
const describeOfAccount = testAccount({ personAccounts: true });
const compiled = compileMapping(
  mappingDocumentSchema.parse({
    kind: "individual",
    object: "Account",
    keyField: "SyncId__c",
    lines: [
      { target: "LastName", expression: "name" },
      { target: "FirstName", expression: "first" },
      { target: "PersonEmail", expression: "mail" },
      { target: "Phone", expression: '$error("no phone for " & first)' },
    ],
  }),
  { prefix: "", describe: describeOfAccount, recordTypeId: null },
);

async function got() {
  const context = { valueMaps: {}, timeZone: "UTC", selected: () => true };
  return goldenResult(compiled, source, context);
}

async function edited(fieldEdits: GoldenEdits["fields"], standing?: GoldenEdits["standing"]) {
  const result = await got();
  const { fields } = describeOfAccount;
  const edits = { standing, fields: fieldEdits };
  return withEdits({ fields, timeZone: "UTC", source, got: result, expected: result, edits });
}

/** What is said of the present result once the edits are expected. */
async function said(...edits: Parameters<typeof edited>) {
  const answer = await edited(...edits);
  if (!answer.ok) throw new Error(answer.sentence);
  return goldenDifferences(compiled, answer.expected, await got()).map((one) => goldenSentence("Edna", one));
}

describe("an expectation written by hand", () => {
  test("is the value, emptiness, being left alone, or being held", async () => {
    expect(await said({ FirstName: { must: "be", value: " EDNA " } })).toEqual([
      "Edna: First Name should be EDNA, and is Edna.",
    ]);
    expect(await said({ FirstName: { must: "be-empty" } })).toEqual([
      "Edna: First Name should be empty, and is Edna.",
    ]);
    expect(await said({ FirstName: { must: "stay" } })).toEqual([
      "Edna: First Name should be left as it is, and is Edna.",
    ]);
    expect(await said({ FirstName: { must: "be-refused", saying: "" } })).toEqual([
      "Edna: First Name should be held, and is Edna.",
    ]);
  });

  test("is nothing at all until something else is written", async () => {
    expect(await said({ FirstName: { must: "be-anything" } })).toEqual([]);
    const open = await edited({ FirstName: { must: "be-anything" } });
    expect(open.ok && [open.expected.open, open.expected.fields.FirstName]).toEqual([
      ["FirstName"],
      undefined,
    ]);
    const { fields } = describeOfAccount;
    const edits: GoldenEdits = { fields: { FirstName: { must: "be", value: "EDNA" } } };
    const result = await got();
    const expected = { ...result, open: ["FirstName", "Phone"] };
    const again = withEdits({ fields, timeZone: "UTC", source, got: result, expected, edits });
    expect(again).toMatchObject({ expected: { open: ["Phone"], fields: { FirstName: { value: "EDNA" } } } });
  });

  test("of a refusal holds for its words, where some are written", async () => {
    expect(await said({ Phone: { must: "be-refused", saying: "" } })).toEqual([]);
    expect(await said({ Phone: { must: "be-refused", saying: "No phone" } })).toEqual([]);
    const [sentence] = await said({ Phone: { must: "be-refused", saying: "not a phone" } });
    expect(sentence).toMatch(/should be held \(not a phone\), and is held \(no phone for Edna\)/);
  });

  test("is met when the mapping gives it", async () => {
    expect(await said({ FirstName: { must: "be", value: "Edna" } })).toEqual([]);
  });

  test("has to fit its field, and the org has to have that", async () => {
    expect(await edited({ PersonBirthdate: { must: "be", value: "never" } })).toMatchObject({
      ok: false,
      sentence: expect.stringMatching(/is not a date/),
    });
    expect(await edited({ Nothing__c: { must: "be", value: "1" } })).toMatchObject({
      ok: false,
      sentence: "Nothing__c: the org does not show this field.",
    });
    expect(await edited({ FirstName: { must: "be", value: "x".repeat(41) } })).toMatchObject({
      sentence: "First Name: the field holds 40 characters, and this has 41.",
    });
    expect(await edited({ FirstName: { must: "be", value: "  " } })).toMatchObject({
      sentence: "First Name: type a value, or choose that it must be empty.",
    });
  });

  test("of one field is accepted as it is now, and of the record as a whole", async () => {
    const result = await got();
    const { fields } = describeOfAccount;
    const before = { timeZone: "UTC", fields, source, got: result };
    const expected = { standing: "write" as const, fields: {} };
    const one = withEdits({ ...before, expected, edits: { fields: { FirstName: { must: "be-as-now" } } } });
    expect(one).toMatchObject({ expected: { fields: { FirstName: { value: "Edna" } } } });
    const apart = { standing: "left-out" as const, fields: {} };
    const all = withEdits({ ...before, expected: apart, edits: { standing: "as-now", fields: {} } });
    expect(all).toMatchObject({ ok: true, expected: withoutFailing(result) });
    expect(await said({}, "left-out")).toEqual([
      "Edna: the record should be left out by the filter, and is written.",
    ]);
  });

  test("before any line gives it does not mind when it is written", async () => {
    const answer = await edited({ PersonHomePhone: { must: "be", value: "+41000" } });
    expect(answer).toMatchObject({ expected: { fields: { PersonHomePhone: { byHand: true } } } });
    if (!answer.ok) throw new Error(answer.sentence);
    const is = { ...(await got()).fields, PersonHomePhone: { value: "+41000", when: "create" as const } };
    const given = { standing: "write" as const, fields: is };
    const value = (answer.expected.fields["PersonHomePhone"] as { value: string }).value;
    const met = { ...given, fields: { ...is, PersonHomePhone: { value, when: "create" as const } } };
    expect(goldenDifferences(compiled, answer.expected, met)).toEqual([]);
  });

  test("keeps nobody's e-mail address or phone number but made-up ones", async () => {
    const typed = await edited({
      PersonEmail: { must: "be", value: "someone@venue.ch" },
      Phone: { must: "be", value: "+41791234567" },
      LastName: { must: "be", value: "write to me@venue.ch" },
      FirstName: { must: "be", value: "Unknown" },
    });
    expect(typed).toMatchObject({ ok: true, replaced: ["PersonEmail", "Phone", "LastName"] });
    expect(JSON.stringify(typed)).not.toMatch(/venue\.ch|1234567/);
    expect(JSON.stringify(typed)).toContain("Unknown");
    expect(await edited({ PersonEmail: { must: "be", value: "EDNA@example.org" } })).toMatchObject({
      replaced: [],
    });
  });
});
