import { describe, expect, test } from "vitest";
import { lineOf } from "@/lib/core/mapping/defaults/defaults-contacts";
import type { MappingDocument, MappingLine } from "@/lib/core/mapping/document";
import { noSalesRules } from "@/lib/core/mapping/sales/sales";
import { contentOf } from "./content";
import { mergeDrafts, type Choices } from "./merge";

/** "A=a" as a line. */
function lineIn(text: string): MappingLine {
  const [target = "", expression = ""] = text.split("=");
  return lineOf({ target, expression });
}

const documentIn = (lines: string, rest: Partial<MappingDocument> = {}): MappingDocument => ({
  kind: "individual",
  object: "Account",
  keyField: "A",
  lines: lines.split(" ").map(lineIn),
  ...rest,
});

const base = documentIn("A=1 B=1 C=1");

function merged(theirs: MappingDocument, mine: MappingDocument, choices?: Choices, unread?: string) {
  const content = contentOf(mine, 1);
  const typed =
    unread === undefined
      ? content
      : {
          ...content,
          lines: content.lines.map((each, at) =>
            at === 0 ? { ...each, unread: { text: unread, cells: null } } : each,
          ),
        };
  const { content: all, clashes, taken } = mergeDrafts({ base, theirs, mine: typed, choices, firstUid: 100 });
  return {
    lines: all.lines.map(({ line }) => `${line.target}=${line.expression}`).join(" "),
    filter: all.filter,
    sales: all.sales,
    unread: all.lines.map((each) => each.unread?.text ?? null),
    uids: all.lines.map(({ uid }) => uid),
    clashes: clashes.map(({ key }) => key),
    taken: taken.map(({ target, what, change }) => `${target ?? what} ${change}`),
  };
}

const theirsFor = (...keys: string[]): Choices => new Map(keys.map((key) => [key, "theirs"]));

describe("two people at one draft", () => {
  test("what only they changed is taken in, what only I changed stays", () => {
    const all = merged(documentIn("A=2 B=1 C=1"), documentIn("A=1 B=1 C=3"));
    expect(all).toMatchObject({ lines: "A=2 B=1 C=3", clashes: [], taken: ["A changed"] });
  });

  test("what both changed alike is no matter", () => {
    const both = documentIn("A=2 B=1 C=1", { filter: "f" });
    expect(merged(both, both)).toMatchObject({ lines: "A=2 B=1 C=1", filter: "f", clashes: [], taken: [] });
  });

  test("the package's field and one of the same name beside it are two, of which each may change one", () => {
    const both = documentIn("A=1 [p]N__c=1 N__c=1");
    const mine = contentOf(documentIn("A=1 N__c=1"), 1);
    const theirs = documentIn("A=1 [p]N__c=1 N__c=2");
    const { content, clashes } = mergeDrafts({ base: both, theirs, mine, firstUid: 100 });
    expect(clashes).toEqual([]);
    expect(content.lines.map(({ line }) => `${line.target}=${line.expression}`)).toEqual(["A=1", "N__c=2"]);
  });

  test("a field that one side writes with the package's sign and the other without is one field", () => {
    const theirs = documentIn("A=1 B=1 C=1 [p]N__c=2");
    const mine = documentIn("A=1 B=1 C=1 N__c=3");
    const { content, clashes } = mergeDrafts({ base, theirs, mine: contentOf(mine, 1), firstUid: 9 });
    expect(clashes).toMatchObject([{ what: "line" }]);
    expect(content.lines.map(({ line }) => line.target)).toEqual(["A", "B", "C", "N__c"]);
  });

  test("a sentence for a missing value that was cleared again is no change of either side", () => {
    const blank = (required: string) => {
      const document = documentIn("A=1 B=1 C=1");
      return { ...document, lines: document.lines.map((each) => ({ ...each, required, note: "" })) };
    };
    expect(merged(blank(""), base)).toMatchObject({ taken: [], clashes: [] });
    expect(merged(base, blank("  "))).toMatchObject({ taken: [], clashes: [] });
    expect(merged(blank("No name"), base).taken).toHaveLength(3);
  });

  test("what both changed is asked; until it is answered, mine stays", () => {
    const [theirs, mine] = [documentIn("A=2 B=1 C=1"), documentIn("A=3 B=1 C=1")];
    expect(merged(theirs, mine)).toMatchObject({ lines: "A=3 B=1 C=1", clashes: ["line a 0"], taken: [] });
    expect(merged(theirs, mine, theirsFor("line a 0")).lines).toBe("A=2 B=1 C=1");
  });

  test("what cannot be read yet was typed, too", () => {
    const theirs = documentIn("A=2 B=1 C=1");
    expect(merged(theirs, base, undefined, "a +")).toMatchObject({
      clashes: ["line a 0"],
      unread: ["a +", null, null],
    });
    expect(merged(theirs, base, theirsFor("line a 0"), "a +")).toMatchObject({
      lines: "A=2 B=1 C=1",
      unread: [null, null, null],
    });
    expect(merged(base, base, undefined, "a +")).toMatchObject({ clashes: [], unread: ["a +", null, null] });
  });

  test("added and removed lines of either side", () => {
    const all = merged(documentIn("A=1 N=9 B=1"), documentIn("A=1 B=1 C=1 M=8"));
    expect(all).toMatchObject({
      lines: "A=1 N=9 B=1 M=8",
      clashes: [],
      taken: ["C removed", "N added"],
      uids: [1, 100, 2, 4],
    });
  });

  test("a line that one changed and the other removed is asked", () => {
    const [theirs, mine] = [documentIn("A=1 B=1"), documentIn("A=1 B=1 C=2")];
    expect(merged(theirs, mine)).toMatchObject({ lines: "A=1 B=1 C=2", clashes: ["line c 0"] });
    expect(merged(theirs, mine, theirsFor("line c 0")).lines).toBe("A=1 B=1");
    expect(merged(mine, theirs)).toMatchObject({ lines: "A=1 B=1", clashes: ["line c 0"] });
    expect(merged(mine, theirs, theirsFor("line c 0")).lines).toBe("A=1 B=1 C=2");
  });

  test("the same field added on both sides is one line, asked about", () => {
    const [theirs, mine] = [documentIn("A=1 B=1 C=1 N=2"), documentIn("A=1 B=1 C=1 n=3")];
    expect(merged(theirs, mine)).toMatchObject({ lines: "A=1 B=1 C=1 n=3", clashes: ["line n 0"] });
  });

  test("another order: theirs where only they moved, asked where both did", () => {
    const [theirs, mine] = [documentIn("C=1 A=1 B=1"), documentIn("B=1 A=1 C=1")];
    expect(merged(theirs, base)).toMatchObject({
      lines: "C=1 A=1 B=1",
      clashes: [],
      taken: ["order changed"],
    });
    expect(merged(theirs, mine)).toMatchObject({ lines: "B=1 A=1 C=1", clashes: ["order"] });
    expect(merged(theirs, mine, theirsFor("order")).lines).toBe("C=1 A=1 B=1");
    expect(merged(theirs, documentIn("A=1 B=7 C=1")).lines).toBe("C=1 A=1 B=7");
  });

  test("the filter and the sales rules likewise", () => {
    const sales = (field: string) => ({ ...noSalesRules, signed: [field] });
    const theirs = documentIn("A=1 B=1 C=1", { filter: "t", sales: sales("T") });
    const mine = documentIn("A=1 B=1 C=1", { filter: "m", sales: sales("M") });
    expect(merged(theirs, base)).toMatchObject({
      filter: "t",
      sales: sales("T"),
      taken: ["filter changed", "sales changed"],
    });
    expect(merged(theirs, mine)).toMatchObject({ filter: "m", clashes: ["filter", "sales"] });
    expect(merged(theirs, mine, theirsFor("filter", "sales"))).toMatchObject({
      filter: "t",
      sales: sales("T"),
    });
  });

  test("whatever is chosen, nothing that only one side has is lost", () => {
    const theirs = documentIn("X=5 B=2 A=1 C=1 Y=6");
    const mine = documentIn("C=4 B=3 A=1 Z=7");
    for (const choices of [undefined, theirsFor("line b 0"), theirsFor("line b 0", "order")]) {
      const targets = merged(theirs, mine, choices)
        .lines.split(" ")
        .map((each) => each[0])
        .sort();
      expect(targets).toEqual(["A", "B", "C", "X", "Y", "Z"]);
    }
  });
});
