import { describe, expect, it } from "vitest";
import { dailyCallsSchema, grantedCalls, readDailyCalls } from "./grant";

describe("what an admin grants", () => {
  it.each([1, 20_000, "1%", "50%", "100%"])("takes %j", (given) => {
    expect(dailyCallsSchema.parse(given)).toBe(given);
  });

  it.each([0, -1, 1.5, 100_000_001, "0%", "101%", "050%", "5.5%", "50", "half", "", null, true])(
    "refuses %j and says what it must be",
    (given) => {
      const { error } = dailyCallsSchema.safeParse(given);
      expect(error?.issues.map(({ message }) => message)).toEqual([
        "must be a whole number of calls such as 20000, or a share of the org's calls such as 50%",
      ]);
    },
  );

  it("is a share of the org's limit, rounded down, or a number that the limit caps", () => {
    expect(grantedCalls("50%", 15_001)).toBe(7_500);
    expect(grantedCalls("50%", null)).toBeNull();
    expect(grantedCalls(20_000, 15_000)).toBe(15_000);
    expect(grantedCalls(20_000, null)).toBe(20_000);
  });

  it.each([
    ["20000", 20_000],
    [" 20,000 ", 20_000],
    ["20 000", 20_000],
    ["50 %", "50%"],
    ["0", null],
    ["", null],
    ["50.5%", null],
    ["lots", null],
  ])("is read from %j as %j", (text, read) => {
    expect(readDailyCalls(text)).toBe(read);
  });
});
