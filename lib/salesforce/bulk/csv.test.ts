import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine, csvRows } from "./csv";

describe("a line of a job's file", () => {
  it.each([
    ["plain text", ["Edna", "Frank"], "Edna,Frank\n"],
    ["commas and quotes", ['Frank, "E."', "x"], '"Frank, ""E.""",x\n'],
    ["line ends of any kind", ["a\nb", "a\r\nb", "a\rb"], '"a\nb","a\r\nb","a\rb"\n'],
    ["white space at the edges, which nobody trims", [" a", "b\t"], '" a","b\t"\n'],
    ["null, which empties", [null, "x"], "#N/A,x\n"],
    ["nothing, which leaves alone", [undefined, "x", undefined], ",x,\n"],
    ["numbers", [0, -1.5, 1e21], "0,-1.5,1e+21\n"],
    ["checkboxes", [true, false], "true,false\n"],
    ["dates as they are", ["2026-11-30", "2026-11-30T10:00:00Z"], "2026-11-30,2026-11-30T10:00:00Z\n"],
    ["what a spreadsheet would calculate, untouched", ["=1+1", "@x"], "=1+1,@x\n"],
    ["other scripts", ["Étoile", "東京", "🎭"], "Étoile,東京,🎭\n"],
  ])("says %s", (_, cells, line) => expect(csvLine(cells)).toBe(line));
});

describe("an answer of the org", () => {
  it("is read row by row, whatever its line ends", () => {
    const text = '"sf__Id","sf__Error",Name\r\n"","A:b ""c"":X --","a\nb"\r\n"1","",\r\n';
    expect([...csvRows(text)]).toEqual([
      ["sf__Id", "sf__Error", "Name"],
      ["", 'A:b "c":X --', "a\nb"],
      ["1", "", ""],
    ]);
  });

  it("that breaks off within quotes is no answer", () => {
    expect(() => [...csvRows('a,b\n1,"half')]).toThrow("never ends");
  });

  it("has what was written", () => {
    const cell = fc.string({ unit: "grapheme" }).filter((text) => text !== "");
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 }),
        (rows) => {
          expect([...csvRows(rows.map((cells) => csvLine(cells)).join(""))]).toEqual(rows);
        },
      ),
    );
  });
});
