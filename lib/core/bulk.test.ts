import { describe, expect, it } from "vitest";
import { bulkIdentity, fitsBulk, nextLookMs } from "./bulk";
import type { CanonicalFields } from "./side";

const row = (fields: CanonicalFields, more: object = {}) => ({
  ...{ rowId: "1.1", object: "Account", id: null, keyField: "SyncId__c", key: "7", rank: 0 },
  ...{ fields, ...more },
});

describe("what a job's file can say", () => {
  it("takes texts, numbers, checkboxes and null", () => {
    expect(fitsBulk(row({ Name: 'A "B", C\n', Age__c: 3, Ok__c: false, Phone: null }))).toBe(true);
  });

  it("does not take a text that would be read as null, nor one that would be passed over", () => {
    expect(fitsBulk(row({ Name: "#N/A" }))).toBe(false);
    expect(fitsBulk(row({ Name: "" }))).toBe(false);
  });

  it("does not take what is too long for a cell or a record", () => {
    expect(fitsBulk(row({ A: "x".repeat(131_072) }))).toBe(true);
    expect(fitsBulk(row({ A: "x".repeat(131_073) }))).toBe(false);
    expect(fitsBulk(row({ A: "x".repeat(110_000), B: "x".repeat(110_000) }))).toBe(false);
  });

  it("does not take what a person lets pass a duplicate rule: a job cannot", () => {
    expect(fitsBulk(row({ Name: "A" }, { passAlerts: true }))).toBe(false);
  });
});

describe("what tells a row from the others", () => {
  it("is its id, and the key without case where it has none", () => {
    expect(bulkIdentity({ id: "001x", key: "A" })).toBe("001x");
    expect(bulkIdentity({ id: null, key: " Ab " })).toBe("ab");
  });
});

describe("when to look at a job again", () => {
  it("is soon while it is new, and later while it does not move", () => {
    const look = (runningMs: number) => nextLookMs({ rows: 10_000, processed: 0, runningMs });
    expect([0, 4_000, 60_000, 3_600_000].map(look)).toEqual([1_000, 2_000, 30_000, 60_000]);
  });

  it("goes by its pace once it moves", () => {
    expect(nextLookMs({ rows: 10_000, processed: 5_000, runningMs: 10_000 })).toBe(5_000);
    expect(nextLookMs({ rows: 10_000, processed: 9_990, runningMs: 10_000 })).toBe(1_000);
    expect(nextLookMs({ rows: 20_000, processed: 20_000, runningMs: 10_000 })).toBe(1_000);
  });
});
