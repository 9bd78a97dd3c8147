import { describe, expect, it } from "vitest";
import { individualToHousehold, individualToPersonAccount, lineOf } from "../defaults/defaults-contacts";
import { operationToSale } from "../defaults/defaults-sales";
import type { MappingDocument, MappingLine } from "../document";
import { checkPublishable } from "./publish";
import { testAccount, testField } from "../test-describe";

const picklist = testField("Rating__c", "picklist", 40, {
  restrictedPicklist: true,
  picklistValues: ["A", "B"],
});
const describeOfAccount = { ...testAccount(), fields: [...testAccount().fields, picklist] };
const target = { prefix: "", describe: describeOfAccount, recordTypeId: null };
const problems = (document: MappingDocument) =>
  checkPublishable(document, document.kind === "operation" ? null : target).map(({ sentence }) => sentence);

function withLine(document: MappingDocument, name: string, changes: Partial<MappingLine>): MappingDocument {
  const known = document.lines.some((line) => line.target === name);
  const lines = known
    ? document.lines.map((line) => (line.target === name ? { ...line, ...changes } : line))
    : [...document.lines, { ...lineOf({ target: name, expression: "state" }), ...changes }];
  return { ...document, lines };
}

describe("the line of the key", () => {
  const key = "[p]SyncId__c";
  it.each(["5", '"all"', "state", "individualContact.individualLastName", "contactId"])(
    "%s would make one record of two",
    (expression) => {
      expect(problems(withLine(individualToPersonAccount, key, { expression })).join(" ")).toMatch(
        /has to be made from contactNumber/,
      );
    },
  );

  it.each(["contactNumber", '"V-" & contactNumber', '$joinParts("-", type, contactNumber)'])(
    "%s keeps them apart",
    (expression) => expect(problems(withLine(individualToPersonAccount, key, { expression }))).toEqual([]),
  );

  it("of a sale is made from its operation, not from its order", () => {
    const sale = operationToSale("[p]SecutixSale__c");
    expect(problems(withLine(sale, key, { expression: "order.orderId" })).join(" ")).toMatch(
      /made from operation.operationId/,
    );
    expect(problems(sale)).toEqual([]);
  });

  it("has no value to use instead", () => {
    const spare = { onMissing: { default: "none", when: "always" as const } };
    expect(problems(withLine(individualToHousehold, key, spare)).join(" ")).toMatch(
      /can have no value to use instead/,
    );
  });
});

describe("values that are always the same", () => {
  it.each([
    [
      "PersonBirthdate",
      { onMissing: { default: "some day", when: "always" } },
      /when there is none does not fit .*not a date/,
    ],
    ["PersonBirthdate", { onInvalid: { default: "some day" } }, /instead of an invalid one does not fit/],
    ["PersonBirthdate", { expression: '"some day"' }, /The value does not fit/],
    ["Rating__c", { expression: '"C"' }, /the picklist has A, B/],
    ["FirstName", { expression: `"${"x".repeat(90)}"` }, /longer than 40 characters/],
  ] as const)("%s: %j is sent back", (name, changes, sentence) => {
    expect(problems(withLine(individualToPersonAccount, name, changes)).join(" ")).toMatch(sentence);
  });

  it.each([
    ["PersonBirthdate", { onMissing: { default: "1970-01-01", when: "always" } }],
    ["PersonBirthdate", { onMissing: { default: null, when: "always" } }],
    ["Rating__c", { expression: '"A"' }],
    ["FirstName", { expression: `"${"x".repeat(90)}"`, tooLong: "cut", twoWay: false }],
  ] as const)("%s: %j passes", (name, changes) => {
    expect(problems(withLine(individualToPersonAccount, name, changes))).toEqual([]);
  });
});

describe("a filter", () => {
  const filtered = (filter: string) => problems({ ...individualToPersonAccount, filter }).join(" ");
  it.each(["42", '"ACTIVE"'])("%s compares nothing", (filter) =>
    expect(filtered(filter)).toMatch(/for every record, and a condition must give true or false/),
  );
  it.each(["state", "contactId", "individualContact.birthday"])("%s is never true or false", (filter) =>
    expect(filtered(filter)).toMatch(/is never true or false. Compare it with a value/),
  );
  it.each([
    "true",
    "hasAdvantages",
    'state = "ACTIVE"',
    'indicators[code="VIP"].value',
    "$exists(addresses)",
    "own",
  ])("%s may be one", (filter) => expect(filtered(filter)).toBe(""));
});
