/** How long to wait before the next try: doubles from `firstMs` to `mostMs`, with jitter so that tries spread out. */
export function backoffMs(tries: number, random: number, firstMs = 2_000, mostMs = 15 * 60_000): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.min(tries, 20));
  return Math.round(ceiling * (0.5 + 0.5 * random));
}

/** So many turns apart at most, and so long from one to the next. */
const mostTurns = 64;
const turnMs = 2_000;

/**
 * How much longer a record waits that was locked together with its siblings, as they belong to one parent. With every try
 * they go in smaller groups: four, sixteen, sixty-four turns, so that few locks cost few calls.
 * @param place among the siblings, from 0
 */
export function apartMs(place: number, siblings: number, tries: number): number {
  const turns = Math.min(siblings, mostTurns, 4 ** Math.min(tries + 1, 8));
  return turns > 1 ? (place % turns) * turnMs : 0;
}
