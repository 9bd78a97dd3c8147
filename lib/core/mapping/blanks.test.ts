import { expect, test } from "vitest";
import type { FieldDescribe } from "../side";
import { blanksOf, staysFilled } from "./blanks";
import { compileMapping } from "./compile";
import { lineOf, type LineDraft } from "./defaults/defaults-contacts";
import { testField } from "./test-describe";

const key = testField("SyncId__c", "text", 40, { externalId: true, unique: true });

/** What is left, by field, of lines over these fields. */
function left(fields: readonly FieldDescribe[], ...lines: readonly LineDraft[]) {
  return blanksOf(compiledOf(fields, lines), "XXXXXXXX").map(({ target, value, when }) => [
    target,
    value,
    when,
  ]);
}

function compiledOf(fields: readonly FieldDescribe[], lines: readonly LineDraft[]) {
  const describe = { name: "Account", label: "Account", fields: [key, ...fields] };
  const drafts: readonly LineDraft[] = [{ target: "SyncId__c", expression: "contactNumber" }, ...lines];
  const document = {
    kind: "individual",
    object: "Account",
    keyField: "SyncId__c",
    lines: drafts.map(lineOf),
  } as const;
  const compiled = compileMapping(document, { prefix: "", describe, recordTypeId: null });
  expect(compiled.problems).toEqual([]);
  return compiled;
}

const city = "addresses[main].town";
const required = { nillable: false };

test("what a line fills is emptied, whatever it says of when it is written", () => {
  const fields = ["A__c", "B__c", "C__c"].map((name) => testField(name, "text", 40));
  expect(
    left(
      fields,
      { target: "A__c", expression: city },
      { target: "B__c", expression: city, when: "create" },
      { target: "C__c", expression: city, when: "blank" },
    ),
  ).toEqual([
    ["A__c", null, "always"],
    ["B__c", null, "always"],
    ["C__c", null, "always"],
  ]);
});

test("a last name, and a text that must not be empty, become the anonymous name, as far as it fits", () => {
  const last = testField("LastName", "text", 80);
  const short = testField("Code__c", "text", 4, required);
  const name = "individualContact.individualLastName";
  expect(
    left([last, short], { target: "LastName", expression: name }, { target: "Code__c", expression: name }),
  ).toEqual([
    ["LastName", "XXXXXXXX", "always"],
    ["Code__c", "XXXX", "always"],
  ]);
});

test("what names nobody, or has no blank, is left", () => {
  const fields = [
    testField("AccountId", "reference", 18, { referenceTo: ["Account"], relationshipName: "Account" }),
    testField("Origin__c", "text", 40),
    testField("State__c", "text", 40),
    testField("OptOut__c", "boolean"),
    testField("Level__c", "picklist", 40, required),
    testField("Own__c", "text", 40, { ...required, unique: true }),
    testField("Once__c", "text", 40, { updateable: false }),
  ];
  expect(
    left(
      fields,
      { target: "AccountId", expression: "function", reference: { object: "Account", family: "contact" } },
      { target: "Origin__c", expression: '"S-360"' },
      { target: "State__c", expression: 'state & " " & role' },
      { target: "OptOut__c", expression: "authorizations[0].allowed" },
      { target: "Level__c", expression: city },
      { target: "Own__c", expression: city },
      { target: "Once__c", expression: city },
    ),
  ).toEqual([]);
});

test("what has no blank, or may not be changed, and tells of the person is named", () => {
  const fields = [
    testField("City__c", "text", 40),
    testField("OptOut__c", "boolean"),
    testField("State__c", "picklist", 40, required),
    testField("Level__c", "picklist", 40, required),
    testField("Once__c", "text", 40, { updateable: false }),
  ];
  const compiled = compiledOf(fields, [
    { target: "City__c", expression: city },
    { target: "OptOut__c", expression: "authorizations[0].allowed" },
    { target: "State__c", expression: "state" },
    { target: "Level__c", expression: city },
    { target: "Once__c", expression: city },
  ]);
  const labels = fields.slice(3).map(({ label }) => label);
  expect(staysFilled(compiled, "XXXXXXXX")).toEqual(labels);
});
