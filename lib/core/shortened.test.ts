import { describe, expect, test } from "vitest";
import { sentenceOfUnknown } from "./mapping/source-model";
import { quoted } from "./mapping/signal";
import { shortened } from "./shortened";

describe("what somebody wrote, within a sentence", () => {
  test("stays as it is while it is short", () => expect(shortened("Remark__c")).toBe("Remark__c"));

  test("is cut where it would drown the sentence", () => {
    expect(shortened("x".repeat(10_000))).toBe(`${"x".repeat(59)}…`);
    expect(quoted("x".repeat(10_000))).toBe(`"${"x".repeat(59)}…"`);
    expect(sentenceOfUnknown("x".repeat(10_000), [], null).length).toBeLessThan(200);
  });

  test("is never cut within a character", () => {
    expect(shortened(`${"x".repeat(58)}😀 and more`)).toBe(`${"x".repeat(58)}…`);
  });
});
