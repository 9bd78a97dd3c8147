import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv, writeCsv } from "./csv";

const cells = (text: string) => {
  const answer = readCsv(text);
  if (!answer.ok) throw new Error(answer.sentence);
  return answer.rows.map((row) => row.cells);
};

describe("comma-separated values", () => {
  it.each([
    [
      "commas, Windows line ends",
      "a,b\r\nc,d\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "semicolons, without an end of the last line",
      "a;b\nc;d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "tabs, old line ends",
      "a\tb\rc\td",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["a separator that is named", "sep=;\r\na;b,c\r\n", [["a", "b,c"]]],
    [
      "quotes, line breaks and separators in quotes",
      'a,b\n"x ""y""","1\n2,3"',
      [
        ["a", "b"],
        ['x "y"', "1\n2,3"],
      ],
    ],
    ["quotes within a cell", 'a,b "c" d', [["a", 'b "c" d']]],
    ["a mark of UTF-8", "\uFEFFa,b", [["a", "b"]]],
    ["a separator at the end", "a,b,\n", [["a", "b", ""]]],
    ["nothing", "", []],
  ])("reads %s", (_what, text, expected) => expect(cells(text)).toEqual(expected));

  it("knows on which line a row begins", () => {
    const answer = readCsv('a,b\n"1\n2",c\r\n\r\nd,e');
    expect(answer.ok && answer.rows.map(({ at }) => at)).toEqual([1, 2, 4, 5]);
  });

  it.each([
    ['a\n"b', 2, /never closed/],
    ['a\n\n"b\n1" c', 4, /must end/],
  ])("refuses %j with its line", (text, at, sentence) => {
    expect(readCsv(text)).toEqual({ ok: false, at, sentence: expect.stringMatching(sentence) as string });
  });

  it("gives back what it wrote", () => {
    const rows = fc.array(fc.array(fc.string({ unit: "binary" }), { minLength: 2, maxLength: 4 }));
    fc.assert(
      fc.property(rows, (table) => {
        const named = [["Target", "Source"], ...table];
        expect(cells(writeCsv(named))).toEqual(named);
      }),
    );
  });

  it("reads whatever it is given without throwing", () => {
    const pieces = fc.constantFrom('"', ",", ";", "\t", "\r", "\n", "a", "sep=", "\uFEFF", " ");
    fc.assert(fc.property(fc.array(pieces), (parts) => void readCsv(parts.join(""))));
  });
});
