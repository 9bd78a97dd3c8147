import { describe, expect, it } from "vitest";
import type { Fault } from "@/lib/core/faults";
import type { ClaimedRecord } from "./records";
import { verdictsOf } from "./verdict";
import type { LinkResult } from "./work";

const record: ClaimedRecord = {
  id: 1,
  family: "contact",
  key: "1",
  kind: "individual",
  stream: "contacts-in",
  lane: 1,
  version: 3,
  attempts: 2,
  contactId: null,
  reused: false,
  state: {},
  parentState: null,
  links: [],
  aliasOf: null,
  mergedInto: null,
  aliases: [],
  waived: [],
  inVersion: 1,
};
const fault: Fault = { code: "row_locked", sentence: "Someone else is writing this record." };
const plain = { record, mapping: null };
const failed: LinkResult = { ...plain, outcome: "failed", fault };
const retrying: LinkResult = { ...plain, outcome: "retrying", fault };
const ignored: LinkResult = { ...plain, outcome: "ignored" };

const verdict = (...results: LinkResult[]) => verdictsOf([record], results, () => 0)[0];

describe("the verdict on a record", () => {
  it("is the gravest of its mappings", () => {
    expect(verdict(ignored, retrying, failed)).toMatchObject({ state: "failed", fault, outcome: null });
  });

  it("waits longer after each try, with jitter", () => {
    expect(verdict(retrying)).toMatchObject({ state: "retrying", retryInMs: 4_000 });
    expect(verdictsOf([record], [retrying], () => 0.5)[0]?.retryInMs).toBe(6_000);
  });

  it("goes apart from those that were locked with it, in more and more turns, and from nobody else", () => {
    const locked = (attempts: number) => {
      const records = Array.from({ length: 100 }, (_, index) => ({ ...record, id: index, attempts }));
      const results = records.map((one): LinkResult => ({
        ...plain,
        record: one,
        outcome: "retrying",
        fault,
        // The last one has a parent of its own.
        lockedBy: one.id < 99 ? "contact:7" : "contact:8",
      }));
      const jitters = Array.from({ length: 100 }, (_, index) => index / 100);
      const verdicts = verdictsOf(records, results, () => jitters.pop() ?? 0);
      const waits = verdicts.map(({ retryInMs }) => retryInMs);
      return { turns: new Set(waits.slice(0, 99)).size, most: Math.max(...waits) - Math.min(...waits) };
    };
    expect([0, 1, 2, 3].map((attempts) => locked(attempts).turns)).toEqual([4, 16, 64, 64]);
    expect(locked(5).most).toBeLessThan(3 * 60_000);
  });

  it("carries what is awaited", () => {
    const awaited = [{ family: "contact", key: "7", linksSeen: 0 } as const];
    expect(verdict({ ...plain, outcome: "waiting", fault, awaited })).toMatchObject({
      state: "waiting",
      awaited,
    });
  });

  it("refuses to lose a record", () => {
    expect(() => verdictsOf([record], [], () => 0)).toThrow("has no result");
  });
});
