import { describe, expect, test } from "vitest";
import { Pace } from "./pace";

describe("records between two looks at the clock", () => {
  test("are one at first, and more as long as they are quick", () => {
    const pace = new Pace(20, 200);
    const parts: number[] = [];
    for (let nth = 0; nth < 7; nth++) {
      parts.push(pace.next);
      pace.took(pace.next, pace.next);
    }
    expect(parts).toEqual([1, 2, 4, 8, 16, 20, 20]);
  });

  test("are one where each takes its time, whatever the ones before took", () => {
    const pace = new Pace(20, 200);
    for (let nth = 0; nth < 5; nth++) pace.took(pace.next, 1);
    expect(pace.next).toBe(20);
    pace.took(20, 20 * 900);
    expect(pace.next).toBe(1);
    pace.took(1, 0);
    expect(pace.next).toBe(2);
  });
});
