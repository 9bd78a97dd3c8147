import { describe, expect, it } from "vitest";
import { choicesOf, explanationOf, reviewStanding, titleOf } from "./review-standing";
import { faultsOf, reviewTable } from "./review-table";
import { reviewKinds, type ReviewKind, type ReviewState, type ReviewSubject } from "./reviews";

const now = new Date("2026-07-01T12:00:00Z");

const offered = (kind: ReviewKind, state: ReviewState, subject: ReviewSubject = {}) =>
  choicesOf(reviewStanding({ kind, state, subject, choice: null }, now)).map(({ choice }) => choice);

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
    expect(offered("mass_change", "deciding", { paused: true })).toEqual(["resume", "drop"]);
  });

  it("can be sent at once, or not at all, before its hour has come", () => {
    const startAt = "2026-07-01T20:00:00.000Z";
    expect(offered("mass_change", "deciding", { startAt })).toEqual(["start", "pause", "drop"]);
    expect(offered("mass_change", "deciding", { startAt, paused: true })).toEqual(["resume", "drop"]);
    expect(offered("mass_change", "deciding", { startAt: "2026-07-01T11:00:00.000Z" })).toEqual(["pause"]);
  });

  it("is not said to wait for a person once it is sent", () => {
    expect(explanationOf({ kind: "mass_change", state: "open" })).toContain("before a person starts it");
    expect(explanationOf({ kind: "mass_change", state: "deciding" })).not.toContain("person");
  });
});

it("calls no copy the right one where there are several", () => {
  const copies = (...ids: string[]) => offered("clone", "open", { copies: ids });
  expect(copies("001A")).toEqual(["clear-copy", "relink", "dismiss"]);
  expect(copies("001A", "001B")).toEqual(["clear-copy", "dismiss"]);
});

it("titles what someone is told by what had happened", () => {
  expect(titleOf("told", "changed", "out")).toBe("Changed, not sent");
  expect(titleOf("told", "changed", "in")).toBe("Changed, not written");
  expect(titleOf("told", "deleted", "out")).toBe("Deleted, not marked");
  expect(titleOf("told")).toBe("For your information");
  expect(titleOf("clone", "deleted")).toBe(reviewTable.clone.title);
});

it("lets nobody insist on what a duplicate rule blocks", () => {
  const found = (passable: boolean) => ({ duplicates: { rule: "DR", passable, matches: [] } });
  expect(offered("duplicate_rule", "open", found(true))).toEqual(["send", "pass", "dismiss"]);
  expect(offered("duplicate_rule", "open", found(false))).toEqual(["send", "dismiss"]);
  expect(offered("duplicate_rule", "open")).toEqual(["send", "dismiss"]);
});

it("lets a person say which of what a duplicate rule named a new record is, if it can be one", () => {
  const match = { object: "Account", id: "001A", name: "Edna Frank" };
  const duplicates = { rule: "DR", passable: false, matches: [match] };
  const subject = { object: "Account", mappingId: 1, duplicates };
  expect(offered("duplicate_rule", "open", subject)).toEqual(["adopt", "send", "dismiss"]);
  const linked = { object: "Account", duplicates };
  expect(offered("duplicate_rule", "open", linked)).toEqual(["send", "dismiss"]);
  const lead = { ...duplicates, matches: [{ ...match, object: "Lead" }] };
  expect(offered("duplicate_rule", "open", { ...subject, duplicates: lead })).toEqual(["send", "dismiss"]);
});

it("leaves no choice while a decision is being carried out", () => {
  expect(offered("clone", "deciding")).toEqual([]);
});

it("knows which faults hold a record", () => {
  expect(faultsOf("rule")).toEqual(["by_rule"]);
  expect(faultsOf("told")).toEqual([]);
});
