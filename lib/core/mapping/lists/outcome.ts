/** The lines of a mapping after a list was taken over, and what no mapping can do without. */
import { protectedTargets } from "../defaults/defaults";
import type { MappingDocument, MappingLine } from "../document";
import { linesByField } from "./lines-by-field";
import type { ListTarget, PlannedLine } from "./plan";

/** Most lines of a mapping. */
const mostLines = 500;

export interface ListOutcome {
  readonly lines: readonly MappingLine[];
  /** Lines that would go because the list does not have them. */
  readonly gone: readonly MappingLine[];
  /** Lines that the list does not have and that stay all the same, with the reason. */
  readonly kept: readonly { readonly line: MappingLine; readonly why: string }[];
  /** Why the list cannot be taken over; null when it can. */
  readonly problem: string | null;
}

/**
 * The lines of the mapping afterwards. Other lines stay, and new ones come last; `removeOthers` makes it the list, in its
 * order, after the lines that no mapping can do without. A line that was left out of the list for a fault stays as it was.
 */
export function outcomeOf(
  planned: readonly PlannedLine[],
  target: ListTarget,
  removeOthers: boolean,
): ListOutcome {
  const { lines } = target.document;
  const { keyOf, lineOf } = linesByField(lines, target.fields);
  const after = new Map(
    planned.flatMap((plan) => (plan.after ? [[keyOf(plan.after.target), plan.after] as const] : [])),
  );
  const meant = new Set(planned.flatMap(({ field }) => (field ? [keyOf(field.target)] : [])));
  // Of several lines of one field (a draft may have some) the first is meant.
  const isMeant = (line: MappingLine) => meant.has(keyOf(line.target)) && lineOf(line.target) === line;
  const others = lines.filter((line) => !isMeant(line));
  if (!removeOthers) {
    const known = new Set(lines.map((line) => keyOf(line.target)));
    const added = [...after].flatMap(([name, line]) => (known.has(name) ? [] : [line]));
    const result = [...replaced(lines, after, keyOf), ...added];
    return { lines: result, gone: [], kept: [], problem: problemOf(result) };
  }
  const kept = others.flatMap((line) => {
    const why = whyNeeded(line, target, keyOf);
    return why === null ? [] : [{ line, why }];
  });
  const staying = new Set(kept.map(({ line }) => line));
  const listed = planned.flatMap(({ field, after: line, problem }) => {
    if (!field || (problem && line === null && after.has(keyOf(field.target)))) return [];
    const stands = line ?? lineOf(field.target);
    return stands ? [stands] : [];
  });
  const result = [...kept.map(({ line }) => line), ...new Set(listed)];
  const gone = others.filter((line) => !staying.has(line));
  return { lines: result, gone, kept, problem: problemOf(result) };
}

function replaced(
  lines: readonly MappingLine[],
  after: ReadonlyMap<string, MappingLine>,
  keyOf: (name: string) => string,
): MappingLine[] {
  const done = new Set<string>();
  return lines.map((line) => {
    const name = keyOf(line.target);
    const isFirst = !done.has(name);
    done.add(name);
    return (isFirst ? after.get(name) : undefined) ?? line;
  });
}

function problemOf(lines: readonly MappingLine[]): string | null {
  if (lines.length <= mostLines) return null;
  return `A mapping has at most ${mostLines} lines; with this list it would have ${lines.length}.`;
}

/** The lines of the mapping that it can never do without and that `lines` does not have, with the reason. */
export function neededLinesLacking(
  document: MappingDocument,
  lines: readonly MappingLine[],
  fields: ListTarget["fields"],
): ListOutcome["kept"] {
  const { keyOf, lineOf } = linesByField(
    lines,
    fields,
    document.lines.map(({ target }) => target),
  );
  return document.lines.flatMap((line) => {
    const why = lineOf(line.target) ? null : whyNeeded(line, { document, fields }, keyOf);
    return why === null ? [] : [{ line, why }];
  });
}

/** Why a line can never go; null when it can. */
function whyNeeded(
  line: MappingLine,
  { document, fields }: ListTarget,
  keyOf: (name: string) => string,
): string | null {
  const name = keyOf(line.target);
  if (name === keyOf(document.keyField)) return "it is the key by which records are found again";
  if (line.reference?.family !== undefined) return "it ties the record to its contact";
  const isSale = document.kind === "operation";
  if (isSale && protectedTargets.some((target) => keyOf(target) === name)) return "sales are found by it";
  const isRequired = fields?.some((field) => keyOf(field.target) === name && field.required);
  return isRequired ? "Salesforce needs it for every new record" : null;
}
