import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { selectByKeys, soqlMoment, soqlName, soqlString } from "./soql";

/** Reads a SOQL string literal as the org does; fails on an early end. */
function unquote(literal: string): string {
  const plain: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
  let text = "";
  for (let at = 1; at < literal.length - 1; at += 1) {
    const character = literal.charAt(at);
    if (character === "'") throw new Error(`the literal ends at ${at}`);
    if (character !== "\\") text += character;
    else {
      at += 1;
      const escaped = literal.charAt(at);
      text += plain[escaped] ?? escaped;
    }
  }
  return text;
}

describe("SOQL text", () => {
  it.each([
    ["O'Neill", "'O\\'Neill'"],
    ["O\\", "'O\\\\'"],
    ["x' OR Name != '", "'x\\' OR Name != \\''"],
    ['say "hi"', "'say \\\"hi\\\"'"],
    ["a\nb\tc", "'a\\nb\\tc'"],
  ])("escapes %j", (value, literal) => {
    expect(soqlString(value)).toBe(literal);
  });

  it("reads back as what went in, whatever it was", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("\\", "'", '"', "\n", "\r", "\t", "a", "é") }),
        (value) => {
          const literal = soqlString(value);
          expect(literal.startsWith("'") && literal.endsWith("'")).toBe(true);
          expect(unquote(literal)).toBe(value);
        },
      ),
    );
  });

  it("refuses names that are no API names", () => {
    expect(soqlName("Account__r.SyncId__c")).toBe("Account__r.SyncId__c");
    for (const name of ["Name FROM User--", "a.b.c", "", "1a", "Name'"]) {
      expect(() => soqlName(name)).toThrow("not an API name");
    }
  });

  it("takes moments and nothing that looks like one", () => {
    expect(soqlMoment("2026-11-22T04:37:05+01:00")).toBe("2026-11-22T03:37:05.000Z");
    for (const text of ["", "null OR Id != null", "yesterday"]) {
      expect(() => soqlMoment(text)).toThrow("not a moment");
    }
  });

  it("names every column once", () => {
    expect(selectByKeys("Contact", ["Id", "SyncId__c", "SyncId__c"], "SyncId__c", ["'1'", "'2'"])).toBe(
      "SELECT Id,SyncId__c FROM Contact WHERE SyncId__c IN ('1','2')",
    );
  });
});
