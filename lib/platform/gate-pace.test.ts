import fc from "fast-check";
import { expect, test } from "vitest";
import { monthForecast, pairOf, strideOf, surchargeMs } from "./gate-pace";

test("a strict pace lets at most its number into any window, even one that calls reach two seconds late", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 0, max: 61_999 }),
      (perMinute, windowMs) => {
        const { stepMs, toleranceMs } = strideOf({ perMinute, strict: true });
        expect(Math.floor((windowMs + toleranceMs) / stepMs) + 1).toBeLessThanOrEqual(perMinute);
      },
    ),
  );
});

test("a strict pace wastes little: 60 a minute are 56, two of them at once", () => {
  const { stepMs, toleranceMs } = strideOf({ perMinute: 60, strict: true });
  expect(Math.floor(60_000 / stepMs)).toBe(56);
  expect(Math.floor(toleranceMs / stepMs) + 1).toBe(2);
});

test("two calls are paid for when both could go out, and held for free as long as that costs no place", () => {
  const stride = strideOf({ perMinute: 60, strict: true });
  const pair = pairOf(stride) ?? expect.fail("no pair");
  const spare = stride.toleranceMs - stride.stepMs;
  expect(pair).toMatchObject({ stepMs: 2 * stride.stepMs, toleranceMs: spare, holdMs: spare });
  expect([0, spare, spare + 100, 5_000].map((heldMs) => Math.round(surchargeMs(pair, heldMs)))).toEqual([
    ...[0, 0, 100],
    Math.round(stride.stepMs),
  ]);
  expect(pairOf(strideOf({ perMinute: 20, strict: true }))?.holdMs).toBe(0);
  expect(pairOf(strideOf({ perMinute: 1, strict: true }))).toBeNull();
});

test("an average pace lets ten calls go at once", () => {
  const { stepMs, toleranceMs, mostWaitMs } = strideOf({ perMinute: 600 });
  expect([stepMs, Math.floor(toleranceMs / stepMs) + 1, mostWaitMs]).toEqual([100, 10, Infinity]);
});

test("the pace granted for a while takes the place of the usual one", () => {
  const pace = { perMinute: 60, strict: true };
  expect(strideOf(pace, 180)).toEqual(strideOf({ perMinute: 180, strict: true }));
});

test("the month's forecast goes on as the month began, in UTC", () => {
  expect(monthForecast(100, new Date("2026-11-11T00:00:00Z"))).toBe(300);
  expect(monthForecast(100, new Date("2026-12-01T00:30:00Z"))).toBe(3_100);
  expect(monthForecast(0, new Date("2026-11-30T23:00:00Z"))).toBe(0);
  expect(monthForecast(7, new Date("2026-11-30T23:59:59.999Z"))).toBe(7);
});
