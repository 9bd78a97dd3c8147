import { describe, expect, it } from "vitest";
import type { FormulaContext } from "./context";
import { evaluateFormula } from "./evaluate";
import { parseFormula } from "./parse";
import { dateOf, dateTimeOf, textOf, type FormulaValue } from "./values";

const FIELDS: Record<string, FormulaValue> = {
  Name: "Étoile",
  Birthdate: dateOf("1990-05-17"),
  Seen: dateTimeOf("2026-11-22 09:30:00"),
  Tags: "Opera;Ballet",
  Seats: 7,
  Empty: null,
};

const context: FormulaContext = {
  now: new Date("2026-11-22T23:30:00Z"),
  today: "2026-11-23",
  isNew: false,
  value: (name) => FIELDS[name] ?? null,
  priorValue: (name) => (name === "Seats" ? 5 : (FIELDS[name] ?? null)),
};

const result = (formula: string) => evaluateFormula(parseFormula(formula), context);

describe("a formula", () => {
  it.each<[string, FormulaValue]>([
    ['CASE(Seats, 1, "one", 7, "seven", "many")', "seven"],
    ['CASE(Name, "x", 1, 2)', 2],
    ['REGEX(Name, "[^0-9]+")', true],
    ['REGEX("8001", "\\\\d{4}")', true],
    ['REGEX("80011", "\\\\d{4}")', false],
    ['INCLUDES(Tags, "Ballet")', true],
    ['INCLUDES(Tags, "Ball")', false],
    ['SUBSTITUTE("a.b.c", ".", "-")', "a-b-c"],
    ['FIND("l", Name)', 5],
    ['FIND("x", Name)', 0],
    ['FIND("b", "abab", 3)', 4],
    ["ROUND(2.345, 2)", 2.35],
    ["ROUND(-2.5, 0)", -3],
    ["ROUND(1250, -2)", 1300],
    ["MOD(-7, 3)", 2],
    ["MAX(1, Seats, 3)", 7],
    ["MIN(1, Seats, 3)", 1],
    ["CEILING(1.2) + FLOOR(1.8)", 3],
    ["YEAR(Birthdate) * 10000 + MONTH(Birthdate) * 100 + DAY(Birthdate)", 19900517],
    ["TODAY() - DATE(2026, 11, 1)", 22],
    ["NOW() - Seen", 14 / 24],
    ["Birthdate + 15 = DATE(1990, 6, 1)", true],
    ["Birthdate < TODAY()", true],
    ["DATEVALUE(Seen) = DATE(2026, 11, 22)", true],
    ['DATEVALUE("2026-02-28") + 1 = DATE(2026, 3, 1)', true],
    ['ISBLANK(DATEVALUE("tomorrow"))', true],
    ["WEEKDAY(DATE(2026, 11, 22))", 1],
    ['TEXT(Birthdate) & "!"', "1990-05-17!"],
    ["TEXT(Seen)", "2026-11-22 09:30:00Z"],
    ['BLANKVALUE(Empty, "none")', "none"],
    ["ISCHANGED(Seats) && PRIORVALUE(Seats) = 5", true],
    ["ISCHANGED(Birthdate)", false],
    ['ISNUMBER("12.5") && NOT(ISNUMBER("x"))', true],
    ["Empty > 1", false],
  ])("%s is %j", (formula, expected) => {
    expect(result(formula)).toEqual(expected);
  });

  it("counts days of the user's calendar, and moments of the clock", () => {
    expect(textOf(result("TODAY()"))).toBe("2026-11-23");
    expect(textOf(result("NOW()"))).toBe("2026-11-22 23:30:00Z");
    expect(textOf(result("Seen + 1"))).toBe("2026-11-23 09:30:00Z");
  });

  it("gives blank for a day that no calendar has", () => {
    expect(result("DATE(2026, 2, 31)")).toBeNull();
  });

  it.each([
    ['REGEX(Name, "(a)\\\\1")', /The pattern of function 'REGEX\(\)' is not taken/],
    ['REGEX(Name, "(?=a)")', /is not taken/],
    ["REGEX(Name, Name)", /must be a text in quotes/],
    ["CASE(1, 2, 3)", /Incorrect number of parameters for function 'CASE\(\)'/],
    ["CASE(1, 2, 3, 4, 5)", /Incorrect number of parameters for function 'CASE\(\)'/],
    ["ISCHANGED(1 + 1)", /must be a field/],
    ["VLOOKUP(Name)", /Unknown function VLOOKUP/],
    ["TODAY(1)", /Incorrect number of parameters/],
  ])("is not accepted as %s", (formula, reason) => {
    expect(() => parseFormula(formula)).toThrow(reason);
  });

  it("holds nobody up with a pattern made to be slow", () => {
    const startedMs = performance.now();
    expect(result(`REGEX("${"a".repeat(5000)}!", "(a+)+b")`)).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });
});
