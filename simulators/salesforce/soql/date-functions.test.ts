import { describe, expect, it } from "vitest";
import { dateFunction, dateFunctionReader } from "./date-functions";
import { TimeZone } from "./time-zone";

const zurich = TimeZone.named("Europe/Zurich");

function apply(name: string, value: string | null, timeZone?: TimeZone): unknown {
  const found = dateFunction(name);
  if (!found) throw new Error(`There is no date function ${name}.`);
  return dateFunctionReader(found, value?.includes("T") ? "datetime" : "date", timeZone)(value);
}

describe("Date functions", () => {
  it.each([
    ["CALENDAR_MONTH", "2009-02-20", 2],
    ["CALENDAR_QUARTER", "2009-10-01", 4],
    ["CALENDAR_YEAR", "2009-09-22", 2009],
    ["DAY_IN_MONTH", "2009-02-20", 20],
    ["DAY_IN_WEEK", "2026-11-22", 1],
    ["DAY_IN_WEEK", "2026-11-21", 7],
    ["DAY_IN_YEAR", "2009-02-01", 32],
    ["FISCAL_MONTH", "2009-03-01", 3],
    ["FISCAL_QUARTER", "2009-07-15", 3],
    ["FISCAL_YEAR", "2009-07-15", 2009],
    ["WEEK_IN_MONTH", "2009-04-10", 2],
    ["WEEK_IN_YEAR", "2009-01-03", 1],
    ["WEEK_IN_YEAR", "2009-01-08", 2],
    ["calendar_year", "2009-12-31T23:30:00.000+0000", 2009],
    ["HOUR_IN_DAY", "2009-12-31T18:23:10.000+0000", 18],
    ["DAY_ONLY", "2009-12-31T23:30:00.000+0000", "2009-12-31"],
  ])("%s(%s) is %s", (name, value, expected) => {
    expect(apply(name, value)).toBe(expected);
  });

  it("read the user's clock after convertTimezone", () => {
    const winter = "2009-12-31T23:30:00.000+0000";
    expect(apply("CALENDAR_YEAR", winter, zurich)).toBe(2010);
    expect(apply("DAY_ONLY", winter, zurich)).toBe("2010-01-01");
    expect(apply("HOUR_IN_DAY", winter, zurich)).toBe(0);
    expect(apply("HOUR_IN_DAY", "2009-06-30T12:00:00.000+0000", zurich)).toBe(14);
  });

  it("give nothing of nothing", () => {
    expect(apply("CALENDAR_YEAR", null)).toBeNull();
  });
});
