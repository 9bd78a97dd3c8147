import { expect, it } from "vitest";
import { RollingCount } from "./rolling-count";

const at = (hours: number) => new Date(hours * 3_600_000);

it("counts what was used in the last 24 hours and forgets what is older", () => {
  const calls = new RollingCount();
  calls.add(2, at(0));
  calls.add(1, at(0));
  calls.add(5, at(10));
  expect(calls.total(at(23))).toBe(8);
  expect(calls.total(at(24))).toBe(5);
  expect(calls.total(at(34))).toBe(0);
});
