import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareLines, sameLines } from "./difference";
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
  compareLines(before, after)
    .filter(({ change, moved }) => change !== "same" || moved)
    .map(({ target, change, moved }) => `${change}${moved ? " and moved" : ""} ${target}`);

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
    const changed = compareLines(before, after).find(({ change }) => change === "changed");
    expect([changed?.before?.line.expression, changed?.after?.line.expression]).toEqual(["b", "$trim(b)"]);
  });

  test("compares what is said of a field, however its name is written", () => {
    const [before] = compareLines(document(["X__c", "a"]), document(["[p]x__c", "b"]));
    expect(before).toMatchObject({ change: "changed", before: { place: 1 }, after: { place: 1 } });
    const two = document(["X__c", "a"], ["secutix__X__c", "b"]);
    expect(said(two, document(["secutix__X__c", "b"]))).toEqual(["removed X__c"]);
    const both = document(["[p]X__c", "a"], ["X__c", "b"]);
    expect(said(both, document(["X__c", "b"]))).toEqual(["removed [p]X__c"]);
  });

  test("is nothing where a sentence or a note is blank and the other is not there", () => {
    const [line] = document(["A", "a"]).lines;
    if (!line) throw new Error("there is no line");
    const blank = { ...document(), lines: [{ ...line, required: "", note: " " }] };
    expect(said(document(["A", "a"]), blank)).toEqual([]);
    expect(said(document(["A", "a"]), { ...blank, lines: [{ ...line, required: "No a" }] })).toEqual([
      "changed A",
    ]);
  });

  test("shows a line that is gone where it stood", () => {
    const before = document(["A", "a"], ["B", "b"], ["C", "c"], ["D", "d"]);
    const after = document(["A", "a"], ["D", "d"], ["E", "e"]);
    expect(compareLines(before, after).map(({ target }) => target)).toEqual(["A", "B", "C", "D", "E"]);
    expect(compareLines(before, document()).map(({ target }) => target)).toEqual(["A", "B", "C", "D"]);
  });

  test("tells only of the line that was moved, not of those it passed, with its places", () => {
    const before = document(["A", "a"], ["B", "b"], ["C", "c"], ["D", "d"]);
    const after = document(["D", "d"], ["A", "a"], ["B", "b"], ["C", "c"]);
    expect(said(before, after)).toEqual(["same and moved D"]);
    const [moved] = compareLines(before, after);
    expect([moved?.before?.place, moved?.after?.place]).toEqual([4, 1]);
    expect(sameLines(before, after)).toBe(false);
  });

  test("tells of a line that was moved and changed both", () => {
    const before = document(["A", "a"], ["B", "b"], ["C", "c"]);
    expect(said(before, document(["C", "x"], ["A", "a"], ["B", "b"]))).toEqual(["changed and moved C"]);
  });

  test("keeps two lines of one target apart", () => {
    const twice = document(["A", "a"], ["A", "b"]);
    expect(said(twice, document(["A", "a"]))).toEqual(["removed A"]);
    expect(said(document(["a", "a"]), document(["A", "a"]))).toEqual(["changed A"]);
  });

  test("is the same backwards, and of every line", () => {
    const names = fc.uniqueArray(fc.constantFrom("A", "B", "C", "D", "E", "F"));
    const documents = fc
      .tuple(names, fc.array(fc.constantFrom("x", "y"), { minLength: 6, maxLength: 6 }))
      .map(([targets, says]) =>
        document(...targets.map((name, at): [string, string] => [name, says[at] ?? "x"])),
      );
    fc.assert(
      fc.property(documents, documents, (before, after) => {
        const there = compareLines(before, after);
        const back = compareLines(after, before);
        const count = (list: typeof there, change: string) =>
          list.filter((each) => each.change === change).length;
        expect(there.length).toBe(new Set([...before.lines, ...after.lines].map((line) => line.target)).size);
        expect(count(there, "added")).toBe(count(back, "removed"));
        expect(count(there, "changed")).toBe(count(back, "changed"));
        expect(there.filter(({ moved }) => moved).length).toBe(back.filter(({ moved }) => moved).length);
      }),
    );
  });
});
