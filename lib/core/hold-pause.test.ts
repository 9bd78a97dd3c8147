import { describe, expect, it } from "vitest";
import { faultTable, type FaultCode } from "./faults";
import { holdPauseMs } from "./hold-pause";

const day = 24 * 60 * 60_000;
const wide = (Object.keys(faultTable) as FaultCode[]).filter((code) => "wide" in faultTable[code]);

/** How often a system is asked in a day that refuses all the time, with the shortest pauses there are. */
function asksADay(code: FaultCode): number {
  let passedMs = 0;
  let times = 0;
  while (passedMs < day) passedMs += holdPauseMs(code, ++times, 0);
  return times;
}

describe("a system that refuses all day", () => {
  it.each(wide)("is asked less and less often, and never given up (%s)", (code) => {
    const pauses = Array.from({ length: 40 }, (_, index) => holdPauseMs(code, index + 1, 1));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.at(-1)).toBeLessThanOrEqual(60 * 60_000);
    expect(asksADay(code)).toBeLessThan(code === "org_crowded" ? 3_000 : 600);
  });

  it("for its daily allowance is asked fifty times at most, and not before any of it can be free", () => {
    expect(holdPauseMs("org_limit", 1, 0)).toBeGreaterThanOrEqual(7 * 60_000);
    expect(asksADay("org_limit")).toBeLessThanOrEqual(52);
  });

  it("for its sign-in is asked some two hundred times", () => {
    expect(asksADay("sign_in")).toBeLessThan(210);
  });
});

it("begins within seconds where the trouble may be over in a moment", () => {
  for (const code of ["org_unavailable", "org_unreachable", "org_crowded"] as const) {
    expect(holdPauseMs(code, 1, 1)).toBeLessThanOrEqual(2_000);
  }
});
