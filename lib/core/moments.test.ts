import { describe, expect, it } from "vitest";
import { toDay, toUtcSeconds } from "./moments";

const zurich = "Europe/Zurich";

describe("the day of a moment", () => {
  it("is the day in the connection's time zone, in winter, in summer and before either existed", () => {
    expect(toDay("1980-04-24T23:00:00.000+00:00", zurich)).toBe("1980-04-25");
    expect(toDay("1985-07-01T22:00:00.000+00:00", zurich)).toBe("1985-07-02");
    expect(toDay("1984-05-17T00:00:00.000+00:00", "America/New_York")).toBe("1984-05-16");
    expect(toDay("1925-01-01T00:00:00Z", zurich)).toBe("1925-01-01");
  });

  it("is the day itself when no time is given", () => {
    expect(toDay("1984-05-17", "America/New_York")).toBe("1984-05-17");
  });

  it("is nothing for a day that does not exist", () => {
    for (const text of ["2023-02-29", "2023-13-01", "17.05.1984", "yesterday", "2023-01-01T25:00:00Z"]) {
      expect(toDay(text, zurich)).toBeNull();
    }
  });
});

describe("a moment in UTC", () => {
  it("is cut to the second, not rounded", () => {
    expect(toUtcSeconds("2025-10-12T17:09:27.999+02:00", zurich)).toBe("2025-10-12T15:09:27.000Z");
  });

  it("is read in the connection's time zone when the text says none", () => {
    expect(toUtcSeconds("2025-07-01T12:00:00", zurich)).toBe("2025-07-01T10:00:00.000Z");
    expect(toUtcSeconds("2025-03-30T03:30:00", zurich)).toBe("2025-03-30T01:30:00.000Z");
    expect(toUtcSeconds("2025-01-01", zurich)).toBe("2024-12-31T23:00:00.000Z");
  });
});
