import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCsv, writeCsv } from "./csv";

const cellsOf = (file: string) => {
  const read = readCsv(file);
  return read.ok ? read.rows.map(({ cells }) => cells) : read;
};

const cell = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom(..."=+-@'\"\t\r\n,; ＝a") }),
);

describe("writing and reading", () => {
  it("gives back every cell exactly", () => {
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(table, (rows) => {
        expect(cellsOf(writeCsv([["a", "b"], ...rows]))).toEqual([["a", "b"], ...rows]);
      }),
    );
  });

  it("is what other programs read, but for the marks before formulas", () => {
    const rows = [
      ["a", "b"],
      ["x,y", 'say "no"'],
      ["1\r\n2", "; é"],
    ];
    expect(parse(writeCsv(rows), { bom: true })).toEqual(rows);
  });

  it("marks what a spreadsheet would run", () => {
    for (const evil of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "＝1"]) {
      const [[written = ""] = []] = parse(writeCsv([[evil, "b"]]), { bom: true }) as string[][];
      expect(written).toBe(`'${evil}`);
    }
    expect(writeCsv([["it's", "'quoted'"]])).toBe("\uFEFFit's,'quoted'\r\n");
  });
});

describe("reading what spreadsheets write", () => {
  it("takes semicolons and tabs, any line end, and no mark at the start", () => {
    expect(cellsOf("code;value\r\nMR;Mr.\r\n")).toEqual([
      ["code", "value"],
      ["MR", "Mr."],
    ]);
    expect(cellsOf("code\tvalue\nMR\tMr.")).toEqual([
      ["code", "value"],
      ["MR", "Mr."],
    ]);
  });

  it("passes over empty lines and counts them", () => {
    const read = readCsv('a,b\n\n"x\ny",1\nz,2\n');
    expect(read).toEqual({
      ok: true,
      rows: [
        { line: 1, cells: ["a", "b"] },
        { line: 3, cells: ["x\ny", "1"] },
        { line: 5, cells: ["z", "2"] },
      ],
    });
  });

  it("says where a quotation mark is wrong", () => {
    expect(readCsv('a,b\nx,"y\nz')).toMatchObject({ ok: false, line: 2 });
    expect(readCsv('a,b\nx,"y"z\n')).toMatchObject({ ok: false, line: 2 });
  });
});

describe("reading anything", () => {
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
  ])("reads %s", (_what, text, expected) => expect(cellsOf(text)).toEqual(expected));

  it("knows on which line a row begins", () => {
    const answer = readCsv('a,b\n"1\n2",c\r\n\r\nd,e');
    expect(answer.ok && answer.rows.map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it.each([
    ['a\n"b', 2, /never closed/],
    ['a\n\n"b\n1" c', 4, /must end/],
  ])("refuses %j with its line", (text, line, sentence) => {
    expect(readCsv(text)).toEqual({ ok: false, line, sentence: expect.stringMatching(sentence) as string });
  });

  it("gives back what it wrote", () => {
    const rows = fc.array(fc.array(fc.string({ unit: "binary" }), { minLength: 2, maxLength: 4 }));
    fc.assert(
      fc.property(rows, (table) => {
        const named = [["Target", "Source"], ...table];
        expect(cellsOf(writeCsv(named))).toEqual(named);
      }),
    );
  });

  it("reads whatever it is given without throwing", () => {
    const pieces = fc.constantFrom('"', ",", ";", "\t", "\r", "\n", "a", "sep=", "\uFEFF", " ");
    fc.assert(fc.property(fc.array(pieces), (parts) => void readCsv(parts.join(""))));
  });
});
