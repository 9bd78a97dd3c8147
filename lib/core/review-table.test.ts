import { describe, expect, it } from "vitest";
import { choicesOf, faultsOf, reviewTable } from "./review-table";
import { reviewKinds, type ReviewKind, type ReviewState } from "./reviews";

const offered = (kind: ReviewKind, state: ReviewState, paused = false) =>
  choicesOf({ kind, state, paused }).map(({ choice }) => choice);

describe.each(reviewKinds)("a review of kind %s", (kind) => {
  const { title, explanation, choices } = reviewTable[kind];

  it("says what happened, and leaves at least one choice", () => {
    expect(title).not.toBe("");
    expect(explanation).toMatch(/\.$/);
    expect(offered(kind, "open")).not.toEqual([]);
    expect(offered(kind, "closed")).toEqual([]);
  });

  it("says in a sentence what each choice does, and names none twice", () => {
    for (const { sentence } of choices) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(new Set(choices.map(({ choice }) => choice)).size).toBe(choices.length);
  });
});

describe("a mass change", () => {
  it("can be started or dropped, paused while it runs, and resumed or dropped while it is paused", () => {
    expect(offered("mass_change", "open")).toEqual(["start", "start-tonight", "drop"]);
    expect(offered("mass_change", "deciding")).toEqual(["pause"]);
    expect(offered("mass_change", "deciding", true)).toEqual(["resume", "drop"]);
  });
});

it("leaves no choice while a decision is being carried out", () => {
  expect(offered("clone", "deciding")).toEqual([]);
});

it("knows which faults hold a record", () => {
  expect(faultsOf("rule")).toEqual(["by_rule"]);
  expect(faultsOf("told")).toEqual([]);
});
