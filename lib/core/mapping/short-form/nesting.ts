/** How values are grouped by what stands between them: the calls that a short form compiles to and runs as. */

export type Nested<T> =
  { readonly value: T } | { readonly separator: string; readonly parts: readonly Nested<T>[] };

/**
 * Line breaks bind weakest, the more of them the weaker, so that each line is a part of its own; the rest is joined from
 * left to right. There is at least one part, and one separator less.
 */
export function nested<T>(parts: readonly T[], separators: readonly string[]): Nested<T> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return { value: only };
  const weakest = separators.filter(isLineBreaks).sort((a, b) => b.length - a.length)[0];
  if (weakest !== undefined) return { separator: weakest, parts: split(parts, separators, weakest) };
  const last = separators.at(-1) ?? " ";
  let from = separators.length;
  while (from > 0 && separators[from - 1] === last) from--;
  const head = nested(parts.slice(0, from + 1), separators.slice(0, from));
  return { separator: last, parts: [head, ...parts.slice(from + 1).map((value) => ({ value }))] };
}

function split<T>(parts: readonly T[], separators: readonly string[], by: string): Nested<T>[] {
  const groups: Nested<T>[] = [];
  let from = 0;
  for (let at = 0; at <= separators.length; at++) {
    if (at < separators.length && separators[at] !== by) continue;
    groups.push(nested(parts.slice(from, at + 1), separators.slice(from, at)));
    from = at + 1;
  }
  return groups;
}

export function isLineBreaks(separator: string): boolean {
  return /^\n+$/.test(separator);
}
