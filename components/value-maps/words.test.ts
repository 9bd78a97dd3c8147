import { describe, expect, it } from "vitest";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import { decidedText, decidedTitle, differencesOf, otherwiseText, releasedText } from "./words";

const before: ValueMapEntries = { values: { A: "5", B: null, C: "c" }, otherwise: "leave" };
const after: ValueMapEntries = {
  values: { A: 5, D: "d", C: "c" },
  rules: { B: "hold" },
  otherwise: { default: "x" },
};

describe("what differs between two states of a value map", () => {
  it("is said in the page's words: the rule first, then code by code", () => {
    expect(differencesOf(before, after)).toEqual([
      {
        code: null,
        kind: "changed",
        before: "The field is left as it is",
        after: "The default “x” is written",
      },
      { code: "A", kind: "changed", before: "stands for “5”", after: "stands for “5” (a number)" },
      { code: "B", kind: "changed", before: "empties the field", after: "holds the record" },
      { code: "D", kind: "added", before: "is not listed", after: "stands for “d”" },
    ]);
    expect(differencesOf(after, before)[3]).toMatchObject({ code: "D", kind: "removed" });
    expect(differencesOf(before, before)).toEqual([]);
  });

  it("tells what was decided, and what somebody else had decided before", () => {
    expect(decidedTitle(["DR"], {})).toBe("DR is decided");
    expect(decidedTitle(["DR", "REV", "PROF"], { passedOver: 1 })).toBe("2 codes are decided");
    expect(decidedText({ released: 1 })).toBe(releasedText(1));
    expect(decidedText({ released: 0, passedOver: 1 })).toBe(
      "No held record waited for it. 1 code was decided by somebody else meanwhile.",
    );
  });

  it("names rules and numbers of records", () => {
    expect(otherwiseText({ default: null })).toBe("The field is emptied");
    expect([0, 1, 2].map(releasedText)).toEqual([
      "No held record waited for it.",
      "1 record that was held is evaluated again.",
      "2 records that were held are evaluated again.",
    ]);
  });
});
