import { describe, expect, it } from "vitest";
import { literalRange } from "./date-literals";
import { TimeZone } from "./time-zone";

/** Sunday 22 November 2026, half past midnight in Zurich, still the 21st in UTC. */
const NOW = new Date("2026-11-21T23:30:00Z");

function context(firstDayOfWeek: number, now: Date = NOW) {
  const timeZone = TimeZone.named("Europe/Zurich");
  const user = { userId: "", timeZone, locale: "en-US", firstDayOfWeek, currency: undefined };
  return { user, now };
}

const days = (literal: string, firstDayOfWeek = 0) => literalRange(context(firstDayOfWeek), literal, "date");

describe("Date literals of a date field, in the user's time zone", () => {
  it.each([
    ["TODAY", "2026-11-22", "2026-11-23"],
    ["YESTERDAY", "2026-11-21", "2026-11-22"],
    ["TOMORROW", "2026-11-23", "2026-11-24"],
    ["THIS_WEEK", "2026-11-22", "2026-11-29"],
    ["LAST_WEEK", "2026-11-15", "2026-11-22"],
    ["NEXT_WEEK", "2026-11-29", "2026-12-06"],
    ["THIS_MONTH", "2026-11-01", "2026-12-01"],
    ["LAST_MONTH", "2026-10-01", "2026-11-01"],
    ["NEXT_MONTH", "2026-12-01", "2027-01-01"],
    ["LAST_90_DAYS", "2026-08-24", "2026-11-23"],
    ["NEXT_90_DAYS", "2026-11-23", "2027-02-21"],
    ["LAST_N_DAYS:1", "2026-11-21", "2026-11-23"],
    ["LAST_N_DAYS:0", "2026-11-22", "2026-11-23"],
    ["NEXT_N_DAYS:2", "2026-11-23", "2026-11-25"],
    ["N_DAYS_AGO:3", "2026-11-19", "2026-11-20"],
    ["LAST_N_WEEKS:2", "2026-11-08", "2026-11-22"],
    ["NEXT_N_WEEKS:1", "2026-11-29", "2026-12-06"],
    ["N_WEEKS_AGO:1", "2026-11-15", "2026-11-22"],
    ["LAST_N_MONTHS:2", "2026-09-01", "2026-11-01"],
    ["NEXT_N_MONTHS:2", "2026-12-01", "2027-02-01"],
    ["N_MONTHS_AGO:11", "2025-12-01", "2026-01-01"],
    ["THIS_QUARTER", "2026-10-01", "2027-01-01"],
    ["LAST_QUARTER", "2026-07-01", "2026-10-01"],
    ["NEXT_QUARTER", "2027-01-01", "2027-04-01"],
    ["LAST_N_QUARTERS:3", "2026-01-01", "2026-10-01"],
    ["NEXT_N_QUARTERS:2", "2027-01-01", "2027-07-01"],
    ["N_QUARTERS_AGO:4", "2025-10-01", "2026-01-01"],
    ["THIS_YEAR", "2026-01-01", "2027-01-01"],
    ["LAST_YEAR", "2025-01-01", "2026-01-01"],
    ["NEXT_YEAR", "2027-01-01", "2028-01-01"],
    ["LAST_N_YEARS:2", "2024-01-01", "2026-01-01"],
    ["NEXT_N_YEARS:5", "2027-01-01", "2032-01-01"],
    ["N_YEARS_AGO:1", "2025-01-01", "2026-01-01"],
    ["THIS_FISCAL_QUARTER", "2026-10-01", "2027-01-01"],
    ["LAST_FISCAL_QUARTER", "2026-07-01", "2026-10-01"],
    ["NEXT_N_FISCAL_QUARTERS:1", "2027-01-01", "2027-04-01"],
    ["LAST_N_FISCAL_QUARTERS:1", "2026-07-01", "2026-10-01"],
    ["N_FISCAL_QUARTERS_AGO:1", "2026-07-01", "2026-10-01"],
    ["THIS_FISCAL_YEAR", "2026-01-01", "2027-01-01"],
    ["NEXT_FISCAL_YEAR", "2027-01-01", "2028-01-01"],
    ["LAST_N_FISCAL_YEARS:1", "2025-01-01", "2026-01-01"],
    ["N_FISCAL_YEARS_AGO:2", "2024-01-01", "2025-01-01"],
  ])("%s is %s up to, and without, %s", (literal, from, to) => {
    expect(days(literal)).toEqual({ from, to });
    expect(days(literal.toLowerCase())).toEqual({ from, to });
  });

  it("weeks start on Monday where the user's locale says so", () => {
    expect(days("THIS_WEEK", 1)).toEqual({ from: "2026-11-16", to: "2026-11-23" });
  });

  it("is nothing else", () => {
    expect(days("THE_DAY_AFTER")).toBeUndefined();
  });
});

describe("Date literals of a datetime field", () => {
  const moments = (literal: string, now: string) =>
    literalRange(context(0, new Date(now)), literal, "datetime");

  it("start and end at the user's midnight", () => {
    expect(moments("TODAY", "2026-11-21T23:30:00Z")).toEqual({
      from: "2026-11-21T23:00:00.000+0000",
      to: "2026-11-22T23:00:00.000+0000",
    });
  });

  it("are an hour shorter or longer when the clocks change", () => {
    expect(moments("TODAY", "2026-03-29T12:00:00Z")).toEqual({
      from: "2026-03-28T23:00:00.000+0000",
      to: "2026-03-29T22:00:00.000+0000",
    });
    expect(moments("TODAY", "2026-10-25T12:00:00Z")).toEqual({
      from: "2026-10-24T22:00:00.000+0000",
      to: "2026-10-25T23:00:00.000+0000",
    });
  });

  it("of the last days end with the current second", () => {
    expect(moments("LAST_N_DAYS:1", "2026-11-22T08:15:30Z")).toEqual({
      from: "2026-11-20T23:00:00.000+0000",
      to: "2026-11-22T08:15:31.000+0000",
    });
  });
});
