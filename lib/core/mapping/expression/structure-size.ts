/**
 * Characters a value would have when written out, parts that occur twice counted twice: thirty nested pairs of one
 * object are a billion characters in a few hundred bytes of memory.
 */
export function sizeOf(value: unknown, known: WeakMap<object, number> = new WeakMap()): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return 8;
  const measured = known.get(value);
  if (measured !== undefined) return measured;
  let size = 2;
  if (Array.isArray(value)) for (const item of value) size += sizeOf(item, known);
  else for (const [key, item] of Object.entries(value)) size += key.length + 2 + sizeOf(item, known);
  known.set(value, size);
  return size;
}
