/** A line's policies as words in the cells of a spreadsheet, both ways; the words are those of a connection's file. */
import type { MappingLine } from "../document";

type Scalar = string | number | boolean | null;

/** A text that could be taken for something else stands in quotes, as in JSON; no text at all is an empty cell. */
export function textCell(text: string | undefined): string {
  if (text === undefined) return "";
  return text === "" || text.startsWith('"') || text !== text.trim() ? JSON.stringify(text) : text;
}

/** @throws CellProblem */
export function textOf(cell: string): string | undefined {
  const text = cell.trim();
  if (text === "") return undefined;
  if (!text.startsWith('"')) return text;
  const value = jsonOf(text);
  if (typeof value === "string") return value;
  throw new CellProblem(`a text that begins with quotes must also end with them, got ${shortened(text)}`);
}

/** What a cell cannot say, to stand after its column's name. */
export class CellProblem extends Error {
  override readonly name = "CellProblem";
}

export function missingCell(policy: MappingLine["onMissing"]): string {
  if (typeof policy === "string") return policy;
  return `default${policy.when === "create" ? " on new records" : ""}: ${scalarCell(policy.default)}`;
}

/** @throws CellProblem */
export function missingOf(cell: string): MappingLine["onMissing"] {
  const word = wordOf(cell) || "leave";
  if (word === "leave" || word === "clear") return word;
  const always = valueAfter("default", cell);
  if (always !== undefined) return { default: always, when: "always" };
  const onNew = valueAfter("default on new records", cell);
  if (onNew !== undefined) return { default: onNew, when: "create" };
  throw new CellProblem(
    `must be leave, clear, default: … or default on new records: …, got ${shortened(cell)}`,
  );
}

export function invalidCell(policy: MappingLine["onInvalid"]): string {
  return typeof policy === "string" ? policy : `default: ${scalarCell(policy.default)}`;
}

/** @throws CellProblem */
export function invalidOf(cell: string): MappingLine["onInvalid"] {
  const word = wordOf(cell) || "hold";
  if (word === "hold" || word === "leave") return word;
  const value = valueAfter("default", cell);
  if (value !== undefined) return { default: value };
  throw new CellProblem(`must be hold, leave or default: …, got ${shortened(cell)}`);
}

/** One of these words; an empty cell is the first. @throws CellProblem */
export function choiceOf<const Word extends string>(cell: string, words: readonly [Word, ...Word[]]): Word {
  const written = wordOf(cell);
  const word = written === "" ? words[0] : words.find((each) => each.toLowerCase() === written);
  if (word !== undefined) return word;
  throw new CellProblem(
    `must be ${words.slice(0, -1).join(", ")} or ${words.at(-1)}, got ${shortened(cell)}`,
  );
}

function wordOf(cell: string): string {
  return cell.trim().toLowerCase();
}

/** Numbers, yes or no and nothing as in JSON; a text without quotes where it can be taken for none of these. */
function scalarCell(value: Scalar): string {
  const isPlain = typeof value === "string" && textCell(value) === value && jsonOf(value) === undefined;
  return isPlain ? value : JSON.stringify(value);
}

function valueAfter(words: string, cell: string): Scalar | undefined {
  const written = cell.trim();
  const colon = written.indexOf(":");
  if (colon === -1 || wordOf(written.slice(0, colon)) !== words) return undefined;
  const text = written.slice(colon + 1).trim();
  const value = jsonOf(text);
  const isScalar = value === null || ["string", "number", "boolean"].includes(typeof value);
  return isScalar ? (value as Scalar) : (textOf(text) ?? null);
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function shortened(text: string): string {
  const one = text.trim().replace(/\s+/g, " ");
  return `“${one.length > 40 ? `${one.slice(0, 39)}…` : one}”`;
}
