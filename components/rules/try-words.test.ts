import { describe, expect, it } from "vitest";
import { matchingOutcomes, type MatchingOutcome } from "@/lib/comparison/matching-contract";
import { matchingSchema } from "@/lib/core/matching/settings";
import { isOutdated, trySentence } from "./try-words";

const matching = matchingSchema.parse({});

function sentence(
  records: number,
  given: Partial<Record<MatchingOutcome, number>>,
  byRule: Record<number, number> = {},
  more: object = {},
) {
  const none = Object.fromEntries(matchingOutcomes.map((outcome) => [outcome, 0]));
  const counts = { ...none, ...given } as Record<MatchingOutcome, number>;
  const rules = Object.entries(byRule).map(([rule, count]) => ({ rule: Number(rule), count }));
  const tried = { kind: "individual" as const, matching: matchingSchema.parse(more) };
  return trySentence(tried, { records }, { counts, byRule: rules });
}

describe("what trying the rules brought", () => {
  it("is one sentence: how many by which rule, and what becomes of the others", () => {
    expect(sentence(200, { adopted: 37, unsure: 2, new: 161 }, { 1: 35, 2: 2 })).toBe(
      "Of the latest 200 individuals 37 would be adopted: 35 by rule 1, 2 by rule 2; 2 wait for a person; 161 are new.",
    );
    expect(sentence(200, { adopted: 1, taken: 1, new: 198 }, { 3: 1 })).toBe(
      "Of the latest 200 individuals 1 would be adopted by rule 3; 1 would be created and listed as a possible duplicate; 198 are new.",
    );
  });

  it("says it of all, of one and of none", () => {
    expect(sentence(12, { new: 12 })).toBe(
      "Of the latest 12 individuals none would be adopted; all are new.",
    );
    expect(sentence(1, { adopted: 1 }, { 1: 1 })).toBe(
      "Of the latest individual: it would be adopted by rule 1.",
    );
  });

  it("says what was set to become of those that several fit", () => {
    expect(sentence(9, { unsure: 1, new: 8 }, {}, { individual: { several: "tell" } })).toContain(
      "1 would be ignored, and someone told",
    );
  });
});

describe("what was tried", () => {
  const other = matchingSchema.parse({ structure: { rules: [{ fields: ["Name"] }] } });

  it("is outdated by other rules of its kind, and of companies where they have relays", () => {
    expect(isOutdated({ kind: "individual", matching }, matching)).toBe(false);
    expect(isOutdated({ kind: "structure", matching }, other)).toBe(true);
    expect(isOutdated({ kind: "relay", matching }, other)).toBe(true);
    expect(isOutdated({ kind: "individual", matching }, other)).toBe(false);
  });
});
