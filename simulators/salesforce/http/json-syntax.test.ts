import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syntaxProblem } from "./json-syntax";

describe("why a text is no JSON", () => {
  it.each([
    [
      '{"Name":"x",}',
      "Unexpected character ('}' (code 125)): was expecting double-quote to start field name at [line:1, column:13]",
    ],
    [
      "{Name: 1}",
      "Unexpected character ('N' (code 78)): was expecting double-quote to start field name at [line:1, column:2]",
    ],
    [
      '{"a"\n 1}',
      "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value at [line:2, column:2]",
    ],
    [
      '{"a":1 "b":2}',
      "Unexpected character ('\"' (code 34)): was expecting comma to separate OBJECT entries at [line:1, column:8]",
    ],
    [
      "request%5B",
      "Unexpected character ('r' (code 114)): expected a valid value (number, String, array, object, 'true', 'false' or 'null') at [line:1, column:1]",
    ],
    [
      '{"a":NULL}',
      "Unrecognized token 'NULL': was expecting 'null', 'true', 'false' or NaN at [line:1, column:6]",
    ],
    [
      '{"a":[1}',
      "Unexpected close marker '}': expected ']' (for ARRAY starting at [line:1, column:6]) at [line:1, column:8]",
    ],
    [
      '{"a":1',
      "Unexpected end-of-input: expected close marker for OBJECT (from [line:1, column:1]) at [line:1, column:7]",
    ],
    [
      '{"a":"x',
      "Unexpected end-of-input: was expecting closing quote for a string value at [line:1, column:8]",
    ],
    ['"\\x"', "Unrecognized character escape 'x' (code 120) at [line:1, column:3]"],
    ["[01]", "Invalid numeric value: Leading zeroes not allowed at [line:1, column:3]"],
  ])("%s", (text, problem) => {
    expect(syntaxProblem(text)).toBe(problem);
  });

  it("is told of exactly the texts that JSON.parse refuses", () => {
    const pieces = ["{", "}", "[", "]", ",", ":", '"a"', '"', "\\", "\n", " ", "1", "-", "0", ".5", "e3"];
    const texts = fc.array(fc.constantFrom(...pieces, "true", "nul", "null", "\\u00", "\t", "é"));
    fc.assert(
      fc.property(
        fc.oneof(
          texts.map((parts) => parts.join("")),
          fc.json(),
        ),
        (text) => {
          expect(syntaxProblem(text) === undefined).toBe(isJson(text));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("is found in deeply nested and in very long texts too", () => {
    expect(syntaxProblem(`"${"x".repeat(10_000_000)}`)).toMatch(
      /^Unexpected end-of-input: was expecting closing quote/,
    );
    expect(syntaxProblem("[".repeat(100_000))).toMatch(
      /^Unexpected end-of-input: expected close marker for ARRAY/,
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
