import { expect, test } from "vitest";
import type { Estimate } from "@/lib/core/imports/estimate";
import { durationWords, paceSentence, requestText } from "./words";

const estimate: Estimate = {
  total: 100,
  received: 0.5,
  through: 0.5,
  perMinute: 120,
  receivedPerMinute: 120,
  minutesLeft: 100,
};

test("how fast it goes and how long it takes", () => {
  expect(paceSentence(estimate)).toBe("120 a minute, about 2 hours left.");
  expect(paceSentence({ ...estimate, minutesLeft: 1 })).toBe("120 a minute, about a minute left.");
  expect(paceSentence({ ...estimate, perMinute: 0.4, minutesLeft: 10_000 })).toBe(
    "less than one a minute, about 7 days left.",
  );
});

test("what cannot be told is not told", () => {
  expect(paceSentence({ ...estimate, perMinute: null, minutesLeft: null })).toBeNull();
  expect(paceSentence({ ...estimate, perMinute: 0, minutesLeft: null })).toBe("Nothing in the last minutes.");
  expect(paceSentence({ ...estimate, minutesLeft: 0 })).toBe("120 a minute.");
});

test.each([
  [0.2, "less than a minute"],
  [65, "1 hour 5 minutes"],
  [1_500, "1 day 1 hour"],
])("%s minutes are %s", (minutes, words) => expect(durationWords(minutes)).toBe(words));

test("what to ask SecuTix for", () => {
  expect(requestText("myvenue", ["contacts-in", "orders-in"], "2024-01-01")).toContain(
    "all contacts and orders of the institution myvenue that were changed since 2024-01-01",
  );
});
