import { describe, expect, it } from "vitest";
import { indentJson } from "./indent-json";

describe("breaking an item into lines", () => {
  it("keeps every digit, escape and brace inside texts as it came", () => {
    const text = '{"id":90071992547409931,"say":"a \\"{,}\\" : b","list":[1.50,null]}';
    expect(indentJson(text)).toBe(
      [
        "{",
        '  "id": 90071992547409931,',
        '  "say": "a \\"{,}\\" : b",',
        '  "list": [',
        "    1.50,",
        "    null",
        "  ]",
        "}",
      ].join("\n"),
    );
  });

  it("says the same as before, also when broken already", () => {
    const value = { a: [], b: {}, c: [[1], { d: "x\ny" }], e: true };
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 3)]) {
      expect(JSON.parse(indentJson(text))).toEqual(value);
    }
    expect(indentJson(indentJson(JSON.stringify(value)))).toBe(indentJson(JSON.stringify(value)));
  });

  it("does not fail on what is no JSON", () => {
    expect(indentJson("null")).toBe("null");
    expect(indentJson('"open')).toBe('"open');
    expect(indentJson("]]")).toBe("]\n]");
    expect(indentJson("")).toBe("");
  });
});
