import { describe, expect, it } from "vitest";
import { skewFrom } from "./clock-skew";

const seen = (serverTimeMs: number, sentAtMs: number, receivedAtMs: number) => ({
  serverTimeMs,
  sentAtMs,
  receivedAtMs,
});

describe("the skew of two clocks", () => {
  it("takes half the round trip off, and the middle of the second that the header names", () => {
    expect(skewFrom(seen(60_000, 10_000, 10_400), 0)).toBe(50_300);
    expect(skewFrom(seen(10_000, 60_000, 60_400), 0)).toBe(-49_700);
  });

  it("is kept while an answer fits it, so that whole seconds do not make it jump", () => {
    expect(skewFrom(seen(10_000, 10_950, 10_990), 0)).toBe(0);
    expect(skewFrom(seen(52_000, 10_000, 10_050), 42_300)).toBe(42_300);
  });

  it("is not moved by an answer that took long", () => {
    expect(skewFrom(seen(30_000, 10_000, 31_000), 0)).toBe(0);
  });
});
