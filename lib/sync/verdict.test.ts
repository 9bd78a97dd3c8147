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
  version: 3,
  attempts: 2,
  contactId: null,
  reused: false,
  state: {},
  parentState: null,
  links: [],
  aliasOf: null,
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
