/** How long to wait before the next try: doubles from `firstMs` to `mostMs`, with jitter so that tries spread out. */
export function backoffMs(tries: number, random: number, firstMs = 2_000, mostMs = 15 * 60_000): number {
  const ceiling = Math.min(mostMs, firstMs * 2 ** Math.min(tries, 20));
  return Math.round(ceiling * (0.5 + 0.5 * random));
}
