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
