import { expect, it } from "vitest";
import type { ChoiceRow } from "@/lib/core/review-row";
import { choiceRow } from "@/lib/core/review-table";
import type { ReviewChoice } from "@/lib/core/reviews";
import type { ReviewRow } from "@/lib/reviews/contract";
import { choiceWords, costText, decidedText, durationText, standingOf } from "./words";

const choice = (name: ReviewChoice): ChoiceRow => {
  const row = choiceRow("mass_change", name);
  if (!row) throw new Error(`there is no choice ${name}`);
  return row;
};

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

it("does not say how long sending takes while nothing is sent", () => {
  const text = costText({ calls: 4, perMinute: 60, minutes: 3, leftThisMonth: null }, true);
  expect(text).toBe("4 calls to S-360 are left, two a record.");
});

it("says that a mass change is held, unless it is paused or waits for its hour", () => {
  const running: ReviewRow = {
    id: 1,
    kind: "mass_change",
    state: "deciding",
    sentence: "",
    record: null,
    records: 3,
    paused: false,
    scheduled: false,
    held: "S-360 does not know this secret.",
    happened: null,
    direction: null,
    choice: "start",
    decidedBy: null,
    openedAt: "",
    decidedAt: null,
    closedAt: null,
  };
  expect(standingOf(running)).toEqual({ label: "Held", tone: "warning" });
  expect(standingOf({ ...running, paused: true }).label).toBe("Paused");
  expect(standingOf({ ...running, scheduled: true }).label).toBe("Sent later");
  expect(standingOf({ ...running, held: null }).label).toBe("Being sent");
});

it("names the moment that tonight is", () => {
  const tonight = choice("start-tonight");
  const night = { startsAt: "2026-07-01T20:00:00.000Z", timeZone: "Europe/Zurich" };
  expect(choiceWords(tonight, { ...night, isNow: false })).toMatchObject({ label: "Send tonight at 22:00" });
  const now = choiceWords(tonight, { ...night, isNow: true });
  expect(now.label).toBe("Send now (it is night)");
  expect(now.sentence).toContain("at once");
  expect(choiceWords(choice("start"), { ...night, isNow: true }).label).toBe("Send now");
});

it("says what a decision has done", () => {
  expect(decidedText(choice("pause"), "deciding")).toBe("Paused");
  const label = "It stays deleted";
  expect(decidedText({ choice: "keep", label }, "closed")).toBe("Decided: “It stays deleted”");
  expect(decidedText({ choice: "relink", label: "Create it again" }, "deciding")).toContain("carried out");
});
