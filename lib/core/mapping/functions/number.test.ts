import { expect, it } from "vitest";
import { toNumber } from "./number";

it.each([
  [12.5, 12.5],
  ["12.5", 12.5],
  ["12,5", 12.5],
  ["0,125", 0.125],
  [" +7 ", 7],
  ["-0.50", -0.5],
  ["007", 7],
  ["1 234.50", 1234.5],
  ["1'234,5", 1234.5],
  ["1\u202F234\u202F567", 1_234_567],
  ["1.234", 1.234],
  ["1234,567", 1234.567],
])("%j is the number %s", (written, number) => expect(toNumber(written)).toEqual({ ok: true, number }));

it.each(["1,234", "-12,500"])("%s may be two numbers", (written) => {
  expect(toNumber(written)).toEqual({ ok: false, why: "twofold" });
});

it.each(["", "x", "12 34", "1,234.50", "1e3", "0x10", "12.", "1".repeat(16), NaN, Infinity, true, null, {}])(
  "%j is none",
  (written) => expect(toNumber(written)).toEqual({ ok: false, why: "none" }),
);
