/** Two documents compared line by line, for people. */
import type { MappingDocument, MappingLine } from "./document";
import { fieldKeysAmong } from "./field-name";
import { noSalesRules, type SalesRules } from "./sales/sales";

export interface ComparedLine {
  readonly target: string;
  readonly change: "added" | "removed" | "changed" | "same";
  /** It stands elsewhere among the lines that both documents have, whatever it says. */
  readonly moved: boolean;
  /** Null for an added line. */
  readonly before: PlacedLine | null;
  /** Null for a removed line. */
  readonly after: PlacedLine | null;
}

export interface PlacedLine {
  readonly line: MappingLine;
  /** 1-based place in its document. */
  readonly place: number;
}

/**
 * Every line of either document, in the order of `after`; lines that are gone stand where they stood. A line is known by
 * the field it fills.
 */
export function compareLines(before: MappingDocument, after: MappingDocument): ComparedLine[] {
  const keyOf = fieldKeysAmong(targetsOf(before), targetsOf(after));
  const earlier = byTarget(before, keyOf);
  const later = byTarget(after, keyOf);
  const moved = movedKeys(earlier, later);
  const compared = [...later].map(([key, now]): ComparedLine => {
    const then = earlier.get(key) ?? null;
    const change = then === null ? "added" : saysSame(then.line, now.line) ? "same" : "changed";
    return { target: now.line.target, change, moved: moved.has(key), before: then, after: now };
  });
  for (const [key, then] of earlier) {
    if (later.has(key)) continue;
    const { line, place } = then;
    const at = compared.findLastIndex(
      (each) => each.before !== null && !each.moved && each.before.place < place,
    );
    const removed = {
      target: line.target,
      change: "removed" as const,
      moved: false,
      before: then,
      after: null,
    };
    compared.splice(at + 1, 0, removed);
  }
  return compared;
}

function targetsOf({ lines }: MappingDocument): string[] {
  return lines.map(({ target }) => target);
}

/** Whether two lines are the same, whatever the order of their keys. */
export function sameLine(a: MappingLine, b: MappingLine): boolean {
  return canonicalText(a) === canonicalText(b);
}

/** Whether two lines do the same: what is blank is as good as not there, and is stored so. */
export function saysSame(a: MappingLine, b: MappingLine): boolean {
  return sameLine(withoutBlanks(a), withoutBlanks(b));
}

function withoutBlanks({ required, note, ...line }: MappingLine): MappingLine {
  return { ...line, ...(!isBlank(required) && { required }), ...(!isBlank(note) && { note }) };
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === "";
}

/** Whether two documents do the same: the same lines in the same order, for the same records and orders. */
export function sameMapping(a: MappingDocument, b: MappingDocument): boolean {
  return sameLines(a, b) && (a.filter ?? "") === (b.filter ?? "") && sameSales(a.sales, b.sales);
}

/** Whether sales rules say the same; to have none is to have rules that say nothing. */
export function sameSales(a: SalesRules = noSalesRules, b: SalesRules = noSalesRules): boolean {
  return canonicalText(a) === canonicalText(b);
}

export function sameLines(a: MappingDocument, b: MappingDocument): boolean {
  return (
    a.lines.length === b.lines.length &&
    a.lines.every((line, index) => {
      const other = b.lines[index];
      return other !== undefined && sameLine(line, other);
    })
  );
}

type ByTarget = ReadonlyMap<string, PlacedLine>;

/** Lines that share a field (a draft may have some) are told apart by their turn. */
function byTarget(document: MappingDocument, keyOf: (target: string) => string): ByTarget {
  const lines = new Map<string, PlacedLine>();
  const turns = new Map<string, number>();
  document.lines.forEach((line, index) => {
    const name = keyOf(line.target);
    const turn = turns.get(name) ?? 0;
    turns.set(name, turn + 1);
    lines.set(`${name} ${turn}`, { line, place: index + 1 });
  });
  return lines;
}

/** The fewest lines that must have been moved: those outside the longest run that kept its order. */
function movedKeys(before: ByTarget, after: ByTarget): ReadonlySet<string> {
  const common = [...after.keys()].filter((key) => before.has(key));
  const kept = longestRising(common.map((key) => before.get(key)?.place ?? 0));
  return new Set(common.filter((_key, index) => !kept.has(index)));
}

/** Indexes of a longest rising part of a list. */
function longestRising(numbers: readonly number[]): ReadonlySet<number> {
  const best = numbers.map((number, index) => ({ length: 1, before: -1, number, index }));
  for (const here of best) {
    for (const earlier of best.slice(0, here.index)) {
      if (earlier.number < here.number && earlier.length >= here.length) {
        here.length = earlier.length + 1;
        here.before = earlier.index;
      }
    }
  }
  const longest = best.reduce<number>(
    (found, here) => (here.length > (best[found]?.length ?? 0) ? here.index : found),
    -1,
  );
  const kept = new Set<number>();
  for (let at = longest; at >= 0; at = best[at]?.before ?? -1) kept.add(at);
  return kept;
}

function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
