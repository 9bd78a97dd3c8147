/** Two documents compared line by line, for people. */
import type { MappingDocument, MappingLine } from "./document";

export interface LineDifference {
  readonly target: string;
  readonly change: "added" | "removed" | "changed" | "moved";
  /** Null for an added line. */
  readonly before: MappingLine | null;
  /** Null for a removed line. */
  readonly after: MappingLine | null;
}

/**
 * What `after` changed of `before`: lines that are new or say something else in the order of `after`, then lines that
 * are gone, then lines that only moved. A line is known by its target.
 */
export function documentDifference(before: MappingDocument, after: MappingDocument): LineDifference[] {
  const earlier = byTarget(before);
  const later = byTarget(after);
  const differences: LineDifference[] = [];
  for (const [key, line] of later) {
    const known = earlier.get(key) ?? null;
    if (known && sameLine(known, line)) continue;
    differences.push({
      target: line.target,
      change: known ? "changed" : "added",
      before: known,
      after: line,
    });
  }
  for (const [key, line] of earlier) {
    if (!later.has(key))
      differences.push({ target: line.target, change: "removed", before: line, after: null });
  }
  return [...differences, ...movedLines(earlier, later)];
}

/** Whether two lines say the same, whatever the order of their keys. */
export function sameLine(a: MappingLine, b: MappingLine): boolean {
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

type ByTarget = ReadonlyMap<string, MappingLine>;

/** Lines that share a target (a draft may have some) are told apart by their turn. */
function byTarget(document: MappingDocument): ByTarget {
  const lines = new Map<string, MappingLine>();
  for (const line of document.lines) {
    const name = line.target.toLowerCase();
    const turn = [...lines.keys()].filter((key) => key.split(" ")[0] === name).length;
    lines.set(`${name} ${turn}`, line);
  }
  return lines;
}

/** The fewest lines that must have been moved: those outside the longest run that kept its order. */
function movedLines(before: ByTarget, after: ByTarget): LineDifference[] {
  const common = [...after.keys()].filter((key) => before.has(key));
  const places = new Map([...before.keys()].map((key, index) => [key, index]));
  const kept = longestRising(common.map((key) => places.get(key) ?? 0));
  return common.flatMap((key, index): LineDifference[] => {
    const [from, to] = [before.get(key), after.get(key)];
    if (kept.has(index) || !from || !to || !sameLine(from, to)) return [];
    return [{ target: to.target, change: "moved", before: from, after: to }];
  });
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
