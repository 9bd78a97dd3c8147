import { expect, test } from "vitest";
import type { FeedStatus, S360CallStatus, StreamStatus } from "@/lib/connections/contract";
import { streamCondition } from "./condition";
import { clockSentence, forecastSentence, pollSentence, setUpSentence } from "./words";

const calls: S360CallStatus = {
  today: 120,
  month: 3_120,
  perMonth: 10_000,
  forecast: 8_400,
  monthEnds: "2026-11-30",
  perMinute: 60,
  boost: null,
  clockSkewMs: null,
};
const feed: FeedStatus = {
  setUp: true,
  enabled: true,
  missing: [],
  pollSeconds: 300,
  lastPolledAt: "2026-11-22T12:00:00.000Z",
  dueAt: "2026-11-22T12:05:00.000Z",
  lastRows: 0,
  lastChanges: 0,
  lastStrangers: 0,
  fault: null,
};
const quiet: StreamStatus = {
  name: "contacts-out",
  paused: null,
  lastReceivedAt: null,
  lastWrittenAt: null,
  records: { idle: 0, pending: 0, retrying: 0, waiting: 0, held: 0, failed: 0, review: 0, ignored: 0 },
  oldestDueSeconds: null,
  unusableItems: 0,
  ignoredItems: 0,
};

test("the month's calls are told with their limit and the day the month ends", () => {
  expect(forecastSentence(calls)).toBe("At this pace 8,400 of 10,000 calls by 30 November.");
  expect(forecastSentence({ ...calls, perMonth: null })).toBe(
    "At this pace 8,400 calls by 30 November; no limit is set.",
  );
  expect(forecastSentence({ ...calls, month: 10_000 })).toBe(
    "All 10,000 calls of this month are used up: nothing goes to S-360 until after 30 November (UTC).",
  );
});

test("a clock is worth a word when it is more than two seconds off", () => {
  expect(clockSentence(null)).toBeNull();
  expect(clockSentence(-2_000)).toBeNull();
  expect(clockSentence(3_400)).toBe("S-360’s clock is 3 seconds ahead of the connector’s.");
  expect(clockSentence(-90_000)).toBe("S-360’s clock is 90 seconds behind the connector’s.");
});

test("a poll is told by what it found", () => {
  expect(pollSentence(feed)).toBe("Nothing");
  expect(pollSentence({ ...feed, lastRows: 12, lastChanges: 3 })).toBe("12 read, 3 changed");
  expect(pollSentence({ ...feed, lastRows: 1_200, lastChanges: 3, lastStrangers: 1 })).toBe(
    "1,200 read, 3 changed, 1 not in S-360",
  );
});

test("what is not set up says what to do", () => {
  expect(setUpSentence({ ...feed, setUp: false, enabled: false })).toContain("contactsOut.enabled to true");
  expect(
    setUpSentence({ ...feed, setUp: false, missing: ["s360.operator", "s360.partner", "s360.secret"] }),
  ).toContain("does not give s360.operator, s360.partner or s360.secret.");
});

test("the way back is told by whether it is set up, whether it is read, and how its records stand", () => {
  const labelOf = (changes: Partial<FeedStatus>, stream: Partial<StreamStatus> = {}) =>
    streamCondition({ ...quiet, ...stream }, { ...feed, ...changes });
  expect(labelOf({ setUp: false, enabled: false })).toEqual({ tone: "neutral", label: "Switched off" });
  const untouched = ["s360.operator", "s360.partner", "s360.secret"];
  expect(labelOf({ setUp: false, missing: untouched })).toEqual({ tone: "neutral", label: "Not set up" });
  expect(labelOf({ setUp: false, missing: ["s360.secret"] }).tone).toBe("warning");
  expect(labelOf({ fault: { code: "org_unreachable", sentence: "" } }).label).toBe("Not read");
  expect(labelOf({ lastPolledAt: null }).label).toBe("Not asked yet");
  expect(labelOf({}).label).toBe("Nothing changed yet");
  expect(labelOf({}, { lastReceivedAt: "2026-11-22T12:00:00.000Z" }).label).toBe("In step");
  expect(streamCondition({ ...quiet, name: "contacts-in" }).label).toBe("Nothing received yet");
});
