import { describe, expect, it } from "vitest";
import { useOrg } from "./test-org";

const org = useOrg();
const STORED_CONTACTS = 20_000;
const ROWS_PER_CALL = 200;
const MAX_MEDIAN_MS = 30;

const rows = (from: number, title: string) =>
  Array.from({ length: ROWS_PER_CALL }, (_, n) => ({
    SyncId__c: `speed-${from + n}`,
    LastName: `Person ${from + n}`,
    Email: `person${from + n}@mail.example`,
    Title: title,
  }));

describe("an org with 20,000 contacts", () => {
  it("upserts 200 rows by external id in under 30 ms", { timeout: 60_000 }, async () => {
    for (let from = 0; from < STORED_CONTACTS; from += ROWS_PER_CALL) {
      await org.upsert("Contact", rows(from, "Before"));
    }
    const durationsMs: number[] = [];
    for (let call = 0; call < 15; call++) {
      const body = rows(call * 1000, "After");
      const start = performance.now();
      const results = await org.upsert("Contact", body);
      durationsMs.push(performance.now() - start);
      expect(results.every(({ success, created }) => success && created === false)).toBe(true);
    }
    const median = durationsMs.sort((a, b) => a - b)[7];
    expect(median).toBeLessThan(MAX_MEDIAN_MS);
  });
});
