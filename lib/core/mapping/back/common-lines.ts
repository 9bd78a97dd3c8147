/** Lines that two texts have in common, in the same order, and as many as can be. */

/** The place of a line in the one text and in the other. */
export type Pair = readonly [number, number];

/** Comparisons; texts with more are taken to have nothing in common. */
const most = 1_000_000;

/** Where a line can be one of several: the first ones, and the last ones. */
export function commonLines(
  before: readonly string[],
  after: readonly string[],
): { readonly first: readonly Pair[]; readonly last: readonly Pair[] } {
  if (before.length * after.length > most) return { first: [], last: [] };
  const backwards = firstPairs(before.toReversed(), after.toReversed()).toReversed();
  const last = backwards.map(([b, a]): Pair => [before.length - 1 - b, after.length - 1 - a]);
  return { first: firstPairs(before, after), last };
}

function firstPairs(before: readonly string[], after: readonly string[]): Pair[] {
  const length = lengths(before, after);
  const pairs: Pair[] = [];
  let [b, a] = [0, 0];
  while (b < before.length && a < after.length) {
    if (before[b] === after[a]) pairs.push([b++, a++]);
    else if (length(b + 1, a) >= length(b, a + 1)) b++;
    else a++;
  }
  return pairs;
}

/** How many lines are in common from two places on. */
function lengths(before: readonly string[], after: readonly string[]): (b: number, a: number) => number {
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  const at = (b: number, a: number) => table[b * width + a] ?? 0;
  for (let b = before.length - 1; b >= 0; b--)
    for (let a = after.length - 1; a >= 0; a--)
      table[b * width + a] =
        before[b] === after[a] ? 1 + at(b + 1, a + 1) : Math.max(at(b + 1, a), at(b, a + 1));
  return at;
}
