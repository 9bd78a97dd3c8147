/** The lines of a mapping after a list was taken over, and what no mapping can do without. */
import { protectedTargets } from "../defaults/defaults";
import type { MappingDocument, MappingLine } from "../document";
import { lineOfTarget, type ListTarget, type PlannedLine } from "./plan";

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
  const after = new Map(
    planned.flatMap((plan) => (plan.after ? [[plan.after.target.toLowerCase(), plan.after] as const] : [])),
  );
  const meant = new Set(planned.flatMap(({ field }) => (field ? [field.target.toLowerCase()] : [])));
  // Of several lines of one target (a draft may have some) the first is meant.
  const isMeant = (line: MappingLine) =>
    meant.has(line.target.toLowerCase()) && lineOfTarget(lines, line.target) === line;
  const others = lines.filter((line) => !isMeant(line));
  if (!removeOthers) {
    const known = new Set(lines.map((line) => line.target.toLowerCase()));
    const added = [...after].flatMap(([name, line]) => (known.has(name) ? [] : [line]));
    const result = [...replaced(lines, after), ...added];
    return { lines: result, gone: [], kept: [], problem: problemOf(result) };
  }
  const kept = others.flatMap((line) => {
    const why = whyNeeded(line, target);
    return why === null ? [] : [{ line, why }];
  });
  const staying = new Set(kept.map(({ line }) => line));
  const listed = planned.flatMap(({ field, after: line, problem }) => {
    if (!field || (problem && line === null && after.has(field.target.toLowerCase()))) return [];
    const stands = line ?? lineOfTarget(lines, field.target);
    return stands ? [stands] : [];
  });
  const result = [...kept.map(({ line }) => line), ...new Set(listed)];
  const gone = others.filter((line) => !staying.has(line));
  return { lines: result, gone, kept, problem: problemOf(result) };
}

function replaced(lines: readonly MappingLine[], after: ReadonlyMap<string, MappingLine>): MappingLine[] {
  const done = new Set<string>();
  return lines.map((line) => {
    const name = line.target.toLowerCase();
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
  return document.lines.flatMap((line) => {
    const why = lineOfTarget(lines, line.target) ? null : whyNeeded(line, { document, fields });
    return why === null ? [] : [{ line, why }];
  });
}

/** Why a line can never go; null when it can. */
function whyNeeded(line: MappingLine, { document, fields }: ListTarget): string | null {
  const name = line.target.toLowerCase();
  if (name === document.keyField.toLowerCase()) return "it is the key by which records are found again";
  if (line.reference?.family !== undefined) return "it ties the record to its contact";
  const isSale = document.kind === "operation";
  if (isSale && protectedTargets.some((target) => target.toLowerCase() === name))
    return "sales are found by it";
  const isRequired = fields?.some((field) => field.target.toLowerCase() === name && field.required);
  return isRequired ? "Salesforce needs it for every new record" : null;
}
