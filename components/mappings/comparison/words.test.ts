import { describe, expect, test } from "vitest";
import { ComparisonTally, type ComparisonChange, type ComparisonFate } from "@/lib/core/mapping/comparison";
import { summarySentence } from "./words";

const change = (label: string, kind: ComparisonChange["kind"]): ComparisonChange => ({
  field: label,
  label,
  kind,
  before: null,
  after: null,
});

function summaryOf(...found: readonly [ComparisonFate, ...ComparisonChange[]][]) {
  const tally = new ComparisonTally();
  for (const [fate, ...changes] of found) tally.add({ fate, sentence: null, changes }, false);
  return tally.summary();
}

describe("a comparison in one sentence", () => {
  test("names what changes, what fails and what is lost", () => {
    const phone = change("Phone", "changed");
    expect(summarySentence(summaryOf(["changes", phone], ["changes", change("Phone", "cleared")]))).toBe(
      "2 change Phone, 0 would fail, 1 value would be lost.",
    );
    expect(summarySentence(summaryOf(["changes", phone], ["fails"], ["created"], ["held"]))).toBe(
      "1 changes Phone, 1 would be new, 1 would fail, 1 would be held for a person, 0 values would be lost.",
    );
  });

  test("says first how many records would no longer take part", () => {
    expect(summarySentence(summaryOf(["leaves"], ["leaves"], ["unchanged"]))).toBe(
      "2 of 3 would no longer take part, 0 change, 0 would fail, 0 values would be lost.",
    );
  });

  test("says when nothing changes, and counts many fields", () => {
    expect(summarySentence(summaryOf(["unchanged", change("Phone", "kept")]))).toBe(
      "0 change, 0 would fail, 0 values would be lost.",
    );
    const many = ["A", "B", "C", "D"].map((name) => change(name, "filled"));
    expect(summarySentence(summaryOf(["changes", ...many]))).toBe(
      "1 changes (A 1, B 1 and 2 more), 0 would fail, 0 values would be lost.",
    );
  });

  test("gives each of several fields its own number, the greatest first", () => {
    const [amount, status] = [change("Amount", "changed"), change("Status", "unknown")];
    expect(summarySentence(summaryOf(["changes", amount, status], ["changes", status]))).toBe(
      "2 change (Status 2, Amount 1), 0 would fail, 0 values would be lost.",
    );
  });
});
