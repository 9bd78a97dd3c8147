/**
 * The first `count` items in sorted order, without sorting the others: what ORDER BY … LIMIT asks of a large table.
 * Items that compare equal keep their order.
 */
export function firstRows<Item>(
  items: readonly Item[],
  count: number,
  compare: (a: Item, b: Item) => number,
): Item[] {
  if (count >= items.length / 4) return [...items].sort(compare).slice(0, count);
  let kept: Item[] = [];
  let last: Item | undefined;
  // Gathers twice the wanted number, then keeps the better half: each item is compared once with the worst kept.
  for (const item of items) {
    if (last !== undefined && compare(item, last) >= 0) continue;
    kept.push(item);
    if (kept.length >= count * 2) {
      kept = kept.sort(compare).slice(0, count);
      last = kept.at(-1);
    }
  }
  return kept.sort(compare).slice(0, count);
}
