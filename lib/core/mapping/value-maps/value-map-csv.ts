/**
 * A value map as a table: code, value, and what else is to be said of the code. The rule for codes that are not listed is
 * no row of it.
 */
import { shortened } from "../../shortened";
import { readCsv, writeCsv, type CsvRow } from "../../csv";
import {
  codeRules,
  isTooLongForCode,
  maxCodeLength,
  maxCodes,
  maxValueLength,
  type CodeRule,
  type ValueMapEntries,
} from "../document";
import { byCode, type Scalar } from "./value-map";

/** Of what is chosen for upload. */
export const maxCsvBytes = 1024 * 1024;

const columns = ["code", "value", "then"] as const;

/** The rules, and what a text cannot say by itself. */
const words = [...codeRules, "clear", "number", "boolean"] as const;
type Word = (typeof words)[number];

/** What a map says of codes, without the rule for the others. */
export type Listed = Pick<ValueMapEntries, "values" | "rules">;

export function valueMapCsv({ values, rules = {} }: Listed): string {
  const rows = [
    ...Object.entries(values).map(([code, value]) => [code, ...valueCells(value)]),
    ...Object.entries(rules).map(([code, rule]) => [code, "", rule]),
  ].sort(([a = ""], [b = ""]) => byCode(a, b));
  return writeCsv([columns, ...rows]);
}

function valueCells(value: Scalar): [value: string, then: string] {
  if (value === null) return ["", "clear"];
  return typeof value === "string" ? [value, ""] : [String(value), typeof value];
}

export interface CsvProblem {
  readonly line: number;
  readonly sentence: string;
}

export type ReadValueMap =
  | { readonly ok: true; readonly listed: Listed }
  | { readonly ok: false; readonly problems: readonly CsvProblem[] };

/**
 * Reads a table with the columns code and value, and then if it is there. One bad row and nothing of it is taken. `before`: what
 * the map says already: without the column then a text of digits stays a number where the map has numbers.
 */
export function readValueMapCsv(file: string, before: ValueMapEntries["values"] = {}): ReadValueMap {
  const read = readCsv(file);
  if (!read.ok) return refused([{ line: read.line, sentence: read.sentence }]);
  const [head, ...rows] = read.rows;
  const names = head?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const problem = problemOfHeader(names);
  if (problem) return refused([{ line: head?.line ?? 1, sentence: problem }]);
  if (rows.length > maxCodes) {
    return refused([
      { line: 1, sentence: `The file has ${rows.length} codes; a value map has at most ${maxCodes}.` },
    ]);
  }
  const places = columns.map((name) => names.indexOf(name));
  const values: Record<string, Scalar> = {};
  const rules: Record<string, CodeRule> = {};
  const typed = names.includes("then") ? null : typesOf(before);
  const lines = new Map<string, number>();
  const problems: CsvProblem[] = [];
  for (const row of rows) {
    const [code = "", value = "", then = ""] = places.map((place) => row.cells[place] ?? "");
    const word = typed?.(code.trim(), value) ?? then.trim().toLowerCase();
    const said = meaning(code.trim(), value, word);
    const sentence =
      misfit(row, names.length) ??
      repeated(code.trim(), lines) ??
      ("sentence" in said ? said.sentence : null);
    lines.set(code.trim(), row.line);
    if (sentence !== null) problems.push({ line: row.line, sentence });
    else if ("rule" in said) rules[code.trim()] = said.rule;
    else if ("value" in said) values[code.trim()] = said.value;
  }
  return problems.length > 0 ? refused(problems) : { ok: true, listed: { values, rules } };
}

function refused(problems: readonly CsvProblem[]): ReadValueMap {
  return { ok: false, problems };
}

function problemOfHeader(names: readonly string[]): string | null {
  const expected = "the first line must name the columns code and value and, where needed, then";
  if (names.every((name) => name === "")) return `The file is empty: ${expected}.`;
  const twice = columns.find((name) => names.filter((each) => each === name).length > 1);
  if (twice) return `The first line names the column ${twice} more than once. Keep one of them.`;
  if (names.includes("code") && names.includes("value")) return null;
  return `The first line says “${shortened(names.join(", "))}”: it must name the columns code and value and, where needed, then.`;
}

function misfit({ cells }: CsvRow, columnCount: number): string | null {
  if (cells.length <= columnCount) return null;
  return `The line has ${cells.length} cells and the first line names ${columnCount}. Put a value with a separator in it in quotation marks.`;
}

function repeated(code: string, lines: ReadonlyMap<string, number>): string | null {
  const before = lines.get(code);
  return before === undefined || code === ""
    ? null
    : `The code ${shortened(code)} stands in line ${before} already. Keep one of them.`;
}

type Meaning = { readonly value: Scalar } | { readonly rule: CodeRule } | { readonly sentence: string };

function meaning(code: string, value: string, then: string): Meaning {
  const problem = problemOfCode(code);
  if (problem) return { sentence: problem };
  const word = words.find((candidate) => candidate === then);
  if (then !== "" && !word) {
    return {
      sentence: `“${shortened(then)}” is not known in the column then. Leave it empty, or write one of: ${words.join(", ")}.`,
    };
  }
  if (value.length > maxValueLength)
    return { sentence: `The value is longer than ${maxValueLength} characters.` };
  return word ? said(word, value) : text(value);
}

/** What a value without a word in the column then is meant as: as its code was, or as all values of the map are. */
function typesOf(before: ValueMapEntries["values"]): (code: string, value: string) => Word | undefined {
  const given = Object.values(before).filter((value) => value !== null);
  const [first] = given;
  const common = given.every((value) => typeof value === typeof first) ? typeof first : undefined;
  return (code, value) => {
    const was = Object.hasOwn(before, code) ? before[code] : undefined;
    const type = was === undefined || was === null ? common : typeof was;
    if (type === "number" && isNumber(value)) return type;
    return type === "boolean" && /^\s*(true|false)\s*$/i.test(value) ? type : undefined;
  };
}

function text(value: string): Meaning {
  if (value.trim() !== "") return { value };
  return { sentence: "The value is empty. Give one, or write clear in the column then to empty the field." };
}

function said(word: Word, value: string): Meaning {
  switch (word) {
    case "leave":
    case "hold":
    case "otherwise":
      return value.trim() === "" ? { rule: word } : { sentence: `With ${word} the value must be empty.` };
    case "clear":
      return value.trim() === "" ? { value: null } : { sentence: "With clear the value must be empty." };
    case "number":
      return isNumber(value)
        ? { value: Number(value) }
        : { sentence: `“${shortened(value)}” is not a number.` };
    case "boolean":
      if (/^\s*(true|false)\s*$/i.test(value)) return { value: value.trim().toLowerCase() === "true" };
      return { sentence: `“${shortened(value)}” is neither true nor false.` };
  }
}

function isNumber(value: string): boolean {
  return value.trim() !== "" && Number.isFinite(Number(value));
}

/** Why a text cannot be a code; undefined when it can. */
export function problemOfCode(code: string): string | undefined {
  if (code === "") return "The code is empty.";
  if (isTooLongForCode(code)) return `The code is longer than ${maxCodeLength} characters.`;
  // An object cannot have it as a name of its own in every browser and library on the way.
  if (code === "__proto__" || code.includes("\0") || !code.isWellFormed()) return "This cannot be a code.";
  return undefined;
}
