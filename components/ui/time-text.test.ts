import { describe, expect, test } from "vitest";
import { relativeTime } from "./time-text";

const now = new Date("2026-11-22T13:00:00Z");
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000).toISOString();

describe("a time in words", () => {
  test("that is past is never said to be to come, whatever the clocks say", () => {
    expect([-90, -30, -3, 0, 4, 40].map((seconds) => relativeTime(at(seconds), now))).toEqual([
      "1 minute ago",
      "30 seconds ago",
      ...Array.from({ length: 4 }, () => "just now"),
    ]);
  });

  test("that is ahead is, until it has come", () => {
    expect([-3, 4, 40, 7_200].map((seconds) => relativeTime(at(seconds), now, true))).toEqual([
      "just now",
      "in a moment",
      "in 40 seconds",
      "in 2 hours",
    ]);
  });
});
