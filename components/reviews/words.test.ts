import { expect, it } from "vitest";
import { costText, durationText } from "./words";

it.each([
  [0, "0 minutes"],
  [1, "1 minute"],
  [60, "1 hour"],
  [135, "2 hours 15 minutes"],
  [3_000, "2 days 2 hours"],
])("tells %i minutes as %s", (minutes, text) => {
  expect(durationText(minutes)).toBe(text);
});

it("tells what sending costs, or that nothing is left", () => {
  const cost = { calls: 4_000, perMinute: 60, minutes: 67, leftThisMonth: null };
  expect(costText(cost)).toContain("about 1 hour 7 minutes at 60 calls a minute");
  expect(costText({ ...cost, calls: 0 })).toBe("Nothing is left to send.");
});
