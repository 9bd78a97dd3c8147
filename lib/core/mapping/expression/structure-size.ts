import { limits } from "./limits";

/**
 * Characters a value would have when written out, parts that occur twice counted twice: thirty nested pairs of one
 * object are a billion characters in a few hundred bytes of memory. Each value counts for eight at least, which is the
 * work of a look at it. An object with too many members is endless. What is larger than `most` is not counted to its end.
 */
export function sizeOf(
  value: unknown,
  known: WeakMap<object, number> = new WeakMap(),
  most = Infinity,
): number {
  if (typeof value === "string") return Math.max(8, value.length + 2);
  if (typeof value !== "object" || value === null) return 8;
  const measured = known.get(value);
  if (measured !== undefined) return measured;
  let size = 8;
  if (Array.isArray(value)) {
    for (const item of value) {
      size += sizeOf(item, known, most);
      if (size > most) return size;
    }
  } else {
    const names = Object.keys(value);
    if (names.length > limits.members) return Infinity;
    for (const name of names) {
      size += name.length + 2 + sizeOf((value as Record<string, unknown>)[name], known, most);
      if (size > most) return size;
    }
  }
  known.set(value, size);
  return size;
}
