import { describe, expect, it } from "vitest";
import type { BudgetStatus } from "@/lib/budget/contract";
import { lanes } from "@/lib/core/words";
import { closedSentence, daySentence, grantedWords, orderSentence } from "./budget-words";

const status: BudgetStatus = {
  dailyCalls: "50%",
  revision: "50%",
  granted: 50_000,
  limit: 100_000,
  ours: 1_200,
  others: 20_000,
  heardAt: "2026-11-30T14:00:00Z",
  byMidnight: 3_400,
  givesWay: [],
  closed: [],
  waiting: { "contacts-in": 0, "orders-in": 0, "contacts-out": 0 },
};
const zone = "Europe/Zurich";

describe("what is granted", () => {
  it("is told in calls, with the share it is", () => {
    expect(grantedWords(status)).toBe("50,000 (50 %)");
    expect(grantedWords({ ...status, dailyCalls: 20_000, granted: 20_000 })).toBe("20,000");
    expect(grantedWords({ ...status, granted: null, limit: null })).toBe("50 % of what Salesforce allows");
  });
});

describe("how the day ends", () => {
  it("says until which midnight, and that nothing has to wait", () => {
    expect(daySentence(status, zone)).toBe(
      "At the pace of the last three hours 3,400 calls today, until midnight (Europe/Zurich): nothing has to wait.",
    );
  });

  it("names what waits and from when, in the connection's time zone", () => {
    const givesWay = [
      { lane: lanes.reconciliation, at: "2026-11-30T16:30:00Z" },
      { lane: lanes.backfill, at: "2026-11-30T18:00:00Z" },
      { lane: lanes.replay, at: "2026-11-30T18:00:00Z" },
    ];
    expect(daySentence({ ...status, givesWay }, zone)).toBe(
      "At the pace of the last three hours 3,400 calls today, until midnight (Europe/Zurich). Then these wait: look-ups from 17:30; imports and re-processing, records tried again from 19:00.",
    );
  });

  it("promises nothing while something waits already", () => {
    const closed = [{ lane: lanes.reconciliation, opensAt: null, records: 0 }];
    expect(daySentence({ ...status, closed }, zone)).not.toContain("nothing has to wait");
  });
});

describe("a lane that waits", () => {
  const closed = { lane: lanes.backfill, opensAt: "2026-11-30T23:00:00Z", records: 12_000 };
  it("says how many records, and until when", () => {
    expect(closedSentence(closed, zone)).toBe(
      "Imports and re-processing: 12,000 records wait until about 00:00 on 1 December (Europe/Zurich)",
    );
    expect(closedSentence({ ...closed, records: 1, opensAt: null }, zone)).toBe(
      "Imports and re-processing: 1 record waits until calls are free again",
    );
    expect(closedSentence({ ...closed, records: 0, opensAt: null }, zone)).toContain(
      "re-processing: wait until",
    );
  });

  it("is one of an order that is told beforehand", () => {
    expect(orderSentence).toMatch(
      /look-ups, imports and re-processing, records tried again and live contacts wait, in this order/,
    );
  });
});
