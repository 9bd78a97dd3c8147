import { describe, expect, it } from "vitest";
import { cleanForStorage, parseExact, splitItems } from "./json";

describe("parseExact", () => {
  it("keeps every digit of an integer beyond 2^53, as text", () => {
    expect(parseExact('{"orderId":90071992547409931}')).toEqual({ orderId: "90071992547409931" });
  });

  it("leaves integers alone that a number holds exactly", () => {
    expect(parseExact('{"operationId":10228310120001,"max":9007199254740991}')).toEqual({
      operationId: 10228310120001,
      max: 9007199254740991,
    });
  });

  it("does not touch digits inside texts, fractions or exponents", () => {
    const text = '{"a":"90071992547409931","b":"x\\"90071992547409931","c":1.23456789012345678,"d":1e20}';
    expect(parseExact(text)).toEqual(JSON.parse(text));
  });
});

describe("splitItems", () => {
  it("gives each item's own text, however it is written", () => {
    expect(splitItems(' [ {"a": "],[{"} , null,[1,2] , "x,\\"y" ] ')).toEqual([
      '{"a": "],[{"}',
      "null",
      "[1,2]",
      '"x,\\"y"',
    ]);
  });

  it("takes a bare object as its only item", () => {
    expect(splitItems('\n{"a":[1,2]}\n')).toEqual(['{"a":[1,2]}']);
  });

  it("gives nothing for an empty array", () => {
    expect(splitItems("[ ]")).toEqual([]);
  });
});

describe("cleanForStorage", () => {
  it("removes NUL characters from values and names and says so", () => {
    const { value, note } = cleanForStorage(JSON.parse('{"na\\u0000me":"evil\\u0000\\u0000nul"}'));
    expect(value).toEqual({ name: "evilnul" });
    expect(note).toBe("3 NUL characters removed");
  });

  it("repairs halves of surrogate pairs, which the database refuses", () => {
    const { value, note } = cleanForStorage(JSON.parse('{"a":"\\ud83d"}'));
    expect(value).toEqual({ a: "\ufffd" });
    expect(note).toBe("1 text with broken characters repaired");
  });

  it("keeps a __proto__ key as a harmless key of its own", () => {
    const { value } = cleanForStorage(JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":true}}');
  });

  it("refuses what nests too deeply", () => {
    expect(() => cleanForStorage(JSON.parse("[".repeat(100) + "]".repeat(100)))).toThrow(RangeError);
  });
});
