import { expect, it } from "vitest";
import { lanes } from "../words";
import { laneVerdicts, type BudgetFacts } from "./budget";
import { listLanes, shortageSentence } from "./words";

const now = Date.parse("2026-11-30T14:20:00Z");
const madeAt = Date.parse("2026-11-29T20:00:00Z");

const facts = (calls: number, others = 0): BudgetFacts => ({
  dailyCalls: "50%",
  hours: [{ hourMs: madeAt, lane: lanes.backfill, calls }],
  org: { used: calls + others, limit: 2_000, heardMs: now },
});

const sentence = (given: BudgetFacts, lane: keyof typeof lanes) => {
  const verdict = laneVerdicts(given, now)[lanes[lane]];
  return verdict && shortageSentence(given, verdict, now, "Europe/Zurich");
};

it("says which lane waits, why, until when, and what a person can do", () => {
  expect(sentence(facts(700), "backfill")).toBe(
    "Imports and re-processing wait: 700 of the 1,000 calls to Salesforce that are granted in 24 hours are used, and the rest is kept for what is more urgent. They go on by themselves from about 22:00 on 30 November (Europe/Zurich), and sooner when more calls are granted on the Health page.",
  );
});

it("names all integrations where it is they who use the org up", () => {
  expect(sentence(facts(10, 1_900), "replay")).toContain(
    "all integrations together have used 1,910 of the 2,000 calls that Salesforce allows in 24 hours",
  );
});

it("promises no time where none is known", () => {
  const given = { ...facts(0), dailyCalls: 1, hours: [] } as const;
  expect(shortageSentence(given, { lane: lanes.replay, open: false, opensAtMs: null }, now, "UTC")).toContain(
    "They go on by themselves when calls are free again",
  );
});

it("lists lanes as a person would", () => {
  expect(listLanes([])).toBe("");
  expect(listLanes([lanes.replay])).toBe("records tried again");
  expect(listLanes([lanes.replay, lanes.backfill, lanes.reconciliation])).toBe(
    "records tried again, imports and re-processing and look-ups",
  );
});
