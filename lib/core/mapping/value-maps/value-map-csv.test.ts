import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultValueMaps } from "../defaults/defaults";
import { codeRules, valueMapSchema } from "../document";
import { readValueMapCsv, valueMapCsv } from "./value-map-csv";

const code = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
  .filter(
    (text) =>
      text.trim() === text &&
      valueMapSchema.safeParse({ values: { [text]: 1 }, otherwise: "hold" }).success &&
      text !== "__proto__",
  );
const value = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => text.trim() !== "" && !text.includes("\0")),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom("=1+1", "-5", "'=x", "true", "12", " a ", "007"),
);

const read = (rows: string) => readValueMapCsv(`code,value,then\n${rows}`);
const problems = (rows: string) => {
  const answer = read(rows);
  return answer.ok ? [] : answer.problems;
};

describe("a value map as CSV", () => {
  it("comes back exactly, with types and rules", () => {
    const rule = fc.constantFrom(...codeRules);
    const map = fc.tuple(fc.dictionary(code, value), fc.dictionary(code, rule)).map(([values, rules]) => ({
      values: Object.fromEntries(Object.entries(values).filter(([key]) => !Object.hasOwn(rules, key))),
      rules: { ...rules },
    }));
    fc.assert(
      fc.property(map, (listed) => {
        const values = { ...listed.values };
        expect(readValueMapCsv(valueMapCsv(listed))).toEqual({ ok: true, listed: { ...listed, values } });
      }),
    );
  });

  it.each(Object.entries(defaultValueMaps))("takes the default value map %s", (_name, { values }) => {
    expect(readValueMapCsv(valueMapCsv({ values }))).toEqual({ ok: true, listed: { values, rules: {} } });
  });

  it("is taken with two columns, in any order and with other columns beside them", () => {
    expect(readValueMapCsv("Value;Remark;Code\nMr.;a man;MR\n")).toEqual({
      ok: true,
      listed: { values: { MR: "Mr." }, rules: {} },
    });
  });

  it("without the column then keeps numbers, and yes and no, where the map has them", () => {
    const of = (rows: string, before: Record<string, string | number | boolean | null>) => {
      const answer = readValueMapCsv(`code,value\n${rows}`, before);
      return answer.ok ? answer.listed.values : answer.problems;
    };
    expect(of("A,6\nB,7\nC,x\n", { A: 5, B: "7", C: 1 })).toEqual({ A: 6, B: "7", C: "x" });
    expect(of("NEW,007\n", { A: 5, B: null })).toEqual({ NEW: 7 });
    expect(of("NEW,7\n", { A: 5, B: "b" })).toEqual({ NEW: "7" });
    expect(of("A,FALSE\nB,5\n", { A: true })).toEqual({ A: false, B: "5" });
    expect(readValueMapCsv("code,value,then\nA,6,\n", { A: 5 })).toMatchObject({
      listed: { values: { A: "6" } },
    });
  });

  it.each([
    ["MR,Mr.\n\nMR,Sir\n", 4, "stands in line 2 already"],
    [",Mr.\n", 2, "The code is empty"],
    ["MR,\n", 2, "The value is empty"],
    ["MR,Mr.,always\n", 2, "“always” is not known"],
    ["MR,Mr.,hold\n", 2, "must be empty"],
    ["MR,five,number\n", 2, "not a number"],
    ["MR,maybe,boolean\n", 2, "neither true nor false"],
    ["MR,a,b,c\n", 2, "has 4 cells"],
    [`${"x".repeat(256)},a\n`, 2, "longer than 255"],
    [`MR,${"x".repeat(2001)}\n`, 2, "longer than 2000"],
  ])("says what is wrong in its line: %s", (rows, line, sentence) => {
    expect(problems(rows)).toEqual([{ line, sentence: expect.stringContaining(sentence) as string }]);
  });

  it("is refused without its columns, and with too many codes", () => {
    const header = (text: string) => {
      const answer = readValueMapCsv(text);
      return answer.ok ? [] : answer.problems;
    };
    expect(header("MR,Mr.\n")).toEqual([
      {
        line: 1,
        sentence:
          "The first line says “mr, mr.”: it must name the columns code and value and, where needed, then.",
      },
    ]);
    expect(header("")).toMatchObject([{ sentence: expect.stringContaining("The file is empty") as string }]);
    expect(header("Code,Value,code\n")).toMatchObject([
      { sentence: "The first line names the column code more than once. Keep one of them." },
    ]);
    expect(header(`${"x".repeat(5000)}\n`)[0]?.sentence.length).toBeLessThan(200);
    const many = Array.from({ length: 5001 }, (_, index) => `${index},x\n`).join("");
    expect(problems(many)).toMatchObject([{ sentence: expect.stringContaining("at most 5000") as string }]);
  });
});
