import { describe, expect, test } from "vitest";
import { lineOf } from "@/lib/core/mapping/defaults/defaults-contacts";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { PreviewLine, TargetField, TargetObject } from "@/lib/mappings/contract";
import { editorSource } from "../source/source";
import { targetFields } from "../target-fields";
import { publishingDoubts } from "./doubts";

const field = (name: string, type: TargetField["room"]["type"], length = 0): TargetField => ({
  ...{ target: name, name, label: name, type, isBoolean: false, referenceTo: [] },
  room: { label: name, type, length, restrictedPicklist: false, picklistValues: [] },
  ...{ required: false, notWritable: null },
});
const target: TargetObject = {
  ...{ name: "Sale__c", label: "Sale", askedAt: "2026-01-01T00:00:00Z", prefix: "" },
  fields: [field("Quantity__c", "number"), field("Total__c", "number"), field("Name", "text", 3)],
};
const overview = {
  ...{ records: 0, tree: [], valueMaps: [], codes: {}, mapped: {} },
  orderCodes: { types: [], states: [] },
};
const documented = editorSource(null, "operation");
const source = { ...documented, overview };

const edited = (name: string, expression: string, uid: number) => ({
  ...{ uid, unread: null },
  line: lineOf({ target: name, expression }),
});
const lines = [
  edited("Name", "operation.produkt", 1),
  edited("Quantity__c", "operation.product", 2),
  edited("Total__c", "operation.totalAmount * 2", 3),
];
const failing: PreviewLine = { problems: [], result: { outcome: "problem", sentence: "“x” is no number." } };

function doubts(over: Partial<Parameters<typeof publishingDoubts>[1]> = {}, filter = "") {
  return publishingDoubts(
    { lines, filter },
    {
      ...{ fields: targetFields(target), source, published: null, part: null, labelOf: (name) => name },
      preview: { lineOf: () => null, whole: null },
      ...over,
    },
  );
}

describe("what is worth a look before publishing", () => {
  const all = [
    expect.stringMatching(/^Name: S-360's documentation knows no produkt here\. Did you mean product\?$/),
    "Quantity__c: Quantity__c takes a number; operation.product is a text.",
    expect.stringMatching(/^Total__c: S-360 sends amounts in thousandths: write \$money\(/),
  ];

  test("is all that stands at the lines", () => {
    expect(doubts()).toEqual(all);
  });

  test("begins with the lines that the draft changes", () => {
    const published = { lines: [lines[0], lines[2]].flatMap((one) => one?.line ?? []) } as MappingDocument;
    expect(doubts({ published })).toEqual([all[1], all[0], all[2]]);
  });

  test("has what fails on the chosen record, unless it stands in the way anyway", () => {
    const lineOn = (uid: number) =>
      uid === 1 ? failing : uid === 2 ? { ...failing, problems: ["No."] } : null;
    const told = doubts({ preview: { lineOf: lineOn, whole: null } });
    expect(told).toHaveLength(4);
    expect(told[1]).toBe("Name: Fails on the chosen record. “x” is no number.");
  });

  test("has what is wrong with the filter, and that it lets nobody in", () => {
    const part = { records: 200, taking: 0, failing: 0, problem: null };
    const told = doubts(
      { part, preview: { lineOf: () => null, whole: { takesPart: "Compare it." } } },
      "operation.totalAmount > 100",
    );
    expect(told.slice(0, 3)).toEqual([
      expect.stringMatching(/^Which records take part: operation\.totalAmount is in thousandths here/),
      "Which records take part: Compare it.",
      "Which records take part: 0 of the latest 200 take part.",
    ]);
    expect(doubts({ part: { ...part, taking: 7 } })).toEqual(all);
  });
});
