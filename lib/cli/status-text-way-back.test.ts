import { expect, test } from "vitest";
import type { FeedStatus, S360CallStatus } from "@/lib/connections/contract";
import { feedLines, s360CallLines } from "./status-text-way-back";

const feed: FeedStatus = {
  setUp: true,
  enabled: true,
  missing: [],
  pollSeconds: 60,
  lastPolledAt: "2026-11-22T12:00:00.000Z",
  dueAt: "2026-11-22T12:01:00.000Z",
  lastRows: 12,
  lastChanges: 3,
  lastStrangers: 1,
  fault: null,
};
const calls: S360CallStatus = {
  today: 120,
  month: 3_120,
  perMonth: 10_000,
  forecast: 8_400,
  monthEnds: "2026-11-30",
  perMinute: 60,
  boost: null,
  clockSkewMs: 1_500,
};

test("the last poll is told with what it found, or why it could not be made", () => {
  expect(feedLines(feed)).toEqual([
    "  contacts-out: Salesforce asked 2026-11-22 12:00:00 UTC: 12 read, 3 changed, 1 not of S-360; next 2026-11-22 12:01:00 UTC (every 60 s)",
  ]);
  expect(feedLines({ ...feed, fault: { code: "org_limit", sentence: "Out of calls." } })[0]).toContain(
    "could not be asked what changed: Out of calls. (org_limit)",
  );
  expect(feedLines({ ...feed, lastPolledAt: null, dueAt: null })[0]).toContain("not asked yet");
});

test("what is off or not set up is told as such, and costs no line about calls", () => {
  const unset = { ...feed, setUp: false, missing: ["s360.partner", "s360.secret"] };
  expect(feedLines(unset)).toEqual([
    "  contacts-out: not set up; the file gives no s360.partner, s360.secret",
  ]);
  expect(feedLines({ ...unset, enabled: false })[0]).toContain("switched off");
  expect(s360CallLines({ ...calls, month: 0 }, false)).toEqual([]);
});

test("calls are told with their limit, forecast, temporary pace and a clock that is off", () => {
  expect(s360CallLines(calls, true)).toEqual([
    "  Calls to S-360 today: 120; this month: 3120 of 10000, at this pace 8400 by 2026-11-30; at most 60 a minute",
  ]);
  const boost = { perMinute: 180, until: "2026-11-23T06:00:00.000Z" };
  const lines = s360CallLines({ ...calls, perMonth: null, perMinute: 180, boost, clockSkewMs: -4_200 }, true);
  expect(lines[0]).toContain("this month: 3120, at this pace");
  expect(lines[0]).toContain("at most 180 a minute until 2026-11-23 06:00:00 UTC");
  expect(lines[1]).toBe("  S-360's clock is 4.2 s behind this machine's: set both by time servers");
});
