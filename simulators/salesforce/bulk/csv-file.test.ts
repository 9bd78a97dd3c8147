import fc from "fast-check";
import { stringify } from "csv-stringify/sync";
import { describe, expect, it } from "vitest";
import { CsvFile } from "./csv-file";
import { DELIMITERS, LINE_ENDS, type ColumnDelimiter, type LineEnding } from "./csv-format";

function read(text: string, delimiter: ColumnDelimiter = "COMMA", lineEnding: LineEnding = "LF"): CsvFile {
  const file = new CsvFile(text, delimiter, lineEnding);
  while (!file.scan(2)) continue;
  return file;
}

const rowsOf = (file: CsvFile) => Array.from({ length: file.size }, (_, row) => file.cells(row));

describe("the data of a job", () => {
  it("are what any writer of CSV wrote, in every delimiter and line end", () => {
    const delimiters = fc.constantFrom(...(Object.keys(DELIMITERS) as ColumnDelimiter[]));
    const lineEndings = fc.constantFrom(...(Object.keys(LINE_ENDS) as LineEnding[]));
    const cell = fc.string({
      unit: fc.constantFrom("a", "é", "😀", '"', " ", ",", ";", "`", "^", "|", "\t"),
    });
    const rows = fc.array(fc.tuple(fc.constant("x"), cell, cell), { maxLength: 6 });
    fc.assert(
      fc.property(delimiters, lineEndings, rows, (delimiter, lineEnding, given) => {
        const text = stringify([["A", "B", "C"], ...given], {
          delimiter: DELIMITERS[delimiter],
          record_delimiter: LINE_ENDS[lineEnding],
        });
        expect(rowsOf(read(text, delimiter, lineEnding))).toEqual(given);
      }),
    );
  });

  it("keep spaces, commas and line ends between quotes, and doubled quotes", () => {
    const file = read('A,B\n John, Smith\n"a,b","two\nlines ""quoted"""\n');
    expect(rowsOf(file)).toEqual([
      [" John", " Smith"],
      ["a,b", 'two\nlines "quoted"'],
    ]);
  });

  it("give each record back as it was written", () => {
    const file = read('"Id","B"\n"1","two\nlines"\n2,x');
    expect([file.headerText, file.rowText(0), file.rowText(1)]).toEqual([
      '"Id","B"',
      '"1","two\nlines"',
      "2,x",
    ]);
    expect(file.textFrom(1)).toBe("2,x");
  });

  it("leave out empty lines, and keep lines of empty cells", () => {
    expect(rowsOf(read("A,B\n\n,\n1,2\n\n"))).toEqual([
      ["", ""],
      ["1", "2"],
    ]);
  });

  it.each([
    ["LF", "A\r\nx\r\n"],
    ["LF", 'A\n"two\r\nlines"\n'],
    ["CRLF", "A\nx\n"],
    ["CRLF", 'A\r\n"two\nlines"\r\n'],
  ] as const)("fail for line ends of the other kind than %s: %j", (lineEnding, text) => {
    expect(() => read(text, "COMMA", lineEnding)).toThrow(
      `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`,
    );
  });

  it.each([
    ['A,B\nJohn, "Smith"\n', "Found unescaped quote. A value with quote should be within a quote"],
    ['\uFEFF"Id"\n', "Found unescaped quote. A value with quote should be within a quote"],
    ['A,B\n"John" ,Smith\n', "Not expecting more text after end quote"],
    ['A\n"John\n', "EOF reached before closing an opened quote"],
    [`A\n${"x".repeat(131_073)}\n`, "Exceeded max field size: 131073"],
    [
      `A,B,C,D\n${Array.from({ length: 4 }, () => "x".repeat(100_001)).join(",")}\n`,
      "Exceeded max length for one record: 400007. Max length for one record should be less than or equal to 400000",
    ],
    [`A\n${",".repeat(5_000)}\n`, "Exceeded max number of columns per record : 5000"],
  ])("fail when they cannot be read: %#", (text, reason) => {
    expect(() => read(text)).toThrow(`InvalidBatch : Failed to parse CSV. ${reason}`);
  });

  it("may have a header of 32,000 characters at most", () => {
    expect(() => read(`${"x".repeat(32_001)}\n1\n`)).toThrow("The header row has 32001 characters");
  });
});
