import { describe, expect, test } from "vitest";
import { documentDifference, sameLines } from "./difference";
import { mappingDocumentSchema, type MappingDocument } from "./document";

function document(...lines: [target: string, expression: string][]): MappingDocument {
  return mappingDocumentSchema.parse({
    kind: "individual",
    object: "Account",
    keyField: "[p]SyncId__c",
    lines: lines.map(([target, expression]) => ({ target, expression })),
  });
}

const said = (before: MappingDocument, after: MappingDocument) =>
  documentDifference(before, after).map(({ target, change }) => `${change} ${target}`);

describe("the difference between two documents", () => {
  test("is nothing when they say the same, whatever the order of a line's keys", () => {
    const [one] = document(["A", "a"]).lines;
    const turned = Object.fromEntries(Object.entries(one ?? {}).reverse());
    const other = { ...document(), lines: [turned] } as MappingDocument;
    expect(said(document(["A", "a"]), other)).toEqual([]);
    expect(sameLines(document(["A", "a"]), other)).toBe(true);
  });

  test("names lines that are new, changed and gone, with what they said before and say now", () => {
    const before = document(["A", "a"], ["B", "b"], ["C", "c"]);
    const after = document(["A", "a"], ["D", "d"], ["B", "$trim(b)"]);
    expect(said(before, after)).toEqual(["added D", "changed B", "removed C"]);
    const [, changed] = documentDifference(before, after);
    expect([changed?.before?.expression, changed?.after?.expression]).toEqual(["b", "$trim(b)"]);
  });

  test("tells only of the line that was moved, not of those it passed", () => {
    const before = document(["A", "a"], ["B", "b"], ["C", "c"], ["D", "d"]);
    const after = document(["D", "d"], ["A", "a"], ["B", "b"], ["C", "c"]);
    expect(said(before, after)).toEqual(["moved D"]);
    expect(sameLines(before, after)).toBe(false);
  });

  test("keeps two lines of one target apart", () => {
    const twice = document(["A", "a"], ["A", "b"]);
    expect(said(twice, document(["A", "a"]))).toEqual(["removed A"]);
    expect(said(document(["a", "a"]), document(["A", "a"]))).toEqual(["changed A"]);
  });
});
