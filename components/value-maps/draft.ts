/** A value map open for editing: rows of texts, some of which may not be a value map yet. Pure. */
import { maxCodes, maxValueLength, type CodeRule, type ValueMapEntries } from "@/lib/core/mapping/document";
import { byCode, type Scalar } from "@/lib/core/mapping/value-maps/value-map";
import { problemOfCode, type Listed } from "@/lib/core/mapping/value-maps/value-map-csv";

export type Then = "value" | "clear" | CodeRule;

export interface Row {
  readonly id: number;
  /** The code when it was opened; null for a new row. */
  readonly origin: string | null;
  readonly code: string;
  readonly then: Then;
  /** Counts while `then` is value. A number or a yes or no stays one until another text is typed. */
  readonly value: Exclude<Scalar, null>;
  readonly removed: boolean;
}

export interface Draft {
  /** New ones first. */
  readonly rows: readonly Row[];
  readonly otherwise: Otherwise;
  /** Counts while `otherwise` is default. */
  readonly fallback: Exclude<Scalar, null>;
}

/** What becomes of codes that are not listed. */
export type Otherwise = "leave" | "hold" | "clear" | "default";

export interface RowProblems {
  readonly code?: string;
  readonly value?: string;
}

export function openDraft(entries: ValueMapEntries): Draft {
  const { otherwise } = entries;
  const rows = rowsOf(entries).map((row, id) => ({ ...row, id }));
  if (typeof otherwise === "string") return { rows, otherwise, fallback: "" };
  const { default: value } = otherwise;
  return { rows, otherwise: value === null ? "clear" : "default", fallback: value ?? "" };
}

/** By code; ids are given by whoever puts them into a draft. */
export function rowsOf({ values, rules = {} }: Listed): readonly Omit<Row, "id">[] {
  const valued = Object.entries(values).map(([code, value]) => ({
    ...{ code, origin: code, removed: false },
    ...(value === null ? { then: "clear" as const, value: "" } : { then: "value" as const, value }),
  }));
  const ruled = Object.entries(rules).map(([code, then]) => ({
    ...{ code, origin: code, removed: false },
    ...{ then, value: "" },
  }));
  return [...valued, ...ruled].sort((a, b) => byCode(a.code, b.code));
}

export function addRow(draft: Draft): Draft {
  const row: Row = { id: nextId(draft), origin: null, code: "", then: "value", value: "", removed: false };
  return { ...draft, rows: [row, ...draft.rows] };
}

export function nextId({ rows }: Pick<Draft, "rows">): number {
  return rows.reduce((most, { id }) => Math.max(most, id), -1) + 1;
}

export function editRow(draft: Draft, id: number, change: Partial<Row>): Draft {
  return { ...draft, rows: draft.rows.map((row) => (row.id === id ? { ...row, ...change } : row)) };
}

/** A new row is gone at once; one that was opened stays in sight, to be put back. */
export function removeRow(draft: Draft, id: number): Draft {
  const row = draft.rows.find((candidate) => candidate.id === id);
  if (row && row.origin !== null) return editRow(draft, id, { removed: true });
  return { ...draft, rows: draft.rows.filter((candidate) => candidate.id !== id) };
}

/** A text that was typed: the value it was opened with where it says the same. */
export function typedValue(opened: ValueMapEntries, { origin }: Row, text: string): Row["value"] {
  const was = origin === null ? undefined : opened.values[origin];
  return was !== undefined && was !== null && String(was) === text ? was : text;
}

/** What differs of a row from what was opened. */
export function stateOf(opened: ValueMapEntries, row: Row): "new" | "changed" | "removed" | null {
  if (row.removed) return "removed";
  if (row.origin === null) return isUntouched(row) ? null : "new";
  const [was] = rowsOf({
    values: pick(opened.values, row.origin),
    rules: pick(opened.rules ?? {}, row.origin),
  });
  const same =
    was?.code === row.code.trim() &&
    was.then === row.then &&
    (row.then !== "value" || was.value === row.value);
  return same ? null : "changed";
}

function pick<Value>(from: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.hasOwn(from, key) ? { [key]: from[key] as Value } : {};
}

/** A row that was added and not filled in: as if it were not there. */
function isUntouched({ origin, code, then, value }: Row): boolean {
  return origin === null && code.trim() === "" && (then !== "value" || String(value).trim() === "");
}

export interface ReadDraft {
  /** What would be saved; rows with a problem are left out. */
  readonly entries: ValueMapEntries;
  /** By row id. */
  readonly problems: ReadonlyMap<number, RowProblems>;
  /** What is wrong with the default value. */
  readonly fallbackProblem: string | undefined;
  readonly tooMany: boolean;
}

export function readDraft({ rows, otherwise, fallback }: Draft): ReadDraft {
  const counting = rows.filter((row) => !row.removed && !isUntouched(row));
  const times = new Map<string, number>();
  for (const { code } of counting) times.set(code.trim(), (times.get(code.trim()) ?? 0) + 1);
  const problems = new Map<number, RowProblems>();
  const values: Record<string, Scalar> = {};
  const rules: Record<string, CodeRule> = {};
  for (const row of counting) {
    const code = row.code.trim();
    const found = problemsOf(row, (times.get(code) ?? 0) > 1);
    if (found) problems.set(row.id, found);
    else if (row.then === "value") values[code] = row.value;
    else if (row.then === "clear") values[code] = null;
    else rules[code] = row.then;
  }
  return {
    entries: {
      values,
      ...(Object.keys(rules).length > 0 && { rules }),
      otherwise: ruleFrom(otherwise, fallback),
    },
    problems,
    fallbackProblem: otherwise === "default" ? problemOfValue(fallback, "or choose another rule") : undefined,
    tooMany: counting.length > maxCodes,
  };
}

function ruleFrom(otherwise: Otherwise, fallback: Row["value"]): ValueMapEntries["otherwise"] {
  if (otherwise === "default") return { default: fallback };
  return otherwise === "clear" ? { default: null } : otherwise;
}

function problemsOf({ code, then, value }: Row, isTwice: boolean): RowProblems | null {
  const text = code.trim();
  const codeProblem = problemOfCode(text) ?? (isTwice ? "This code stands in another row too." : undefined);
  const valueProblem = then === "value" ? problemOfValue(value, "or empty the field") : undefined;
  if (!codeProblem && !valueProblem) return null;
  return { ...(codeProblem && { code: codeProblem }), ...(valueProblem && { value: valueProblem }) };
}

function problemOfValue(value: Row["value"], instead: string): string | undefined {
  const text = String(value);
  if (text.trim() === "") return `Give a value, ${instead}.`;
  if (text.length > maxValueLength) return `The value is longer than ${maxValueLength} characters.`;
  return undefined;
}
