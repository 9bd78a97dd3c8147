/** A sign, digits, and decimals behind a point or a comma; a % behind it says nothing new. */
const percentage = /^([+-]?\d{1,15})(?:[.,](\d{1,15}))?\s*%?$/u;

/**
 * A percentage in any spelling as a number: `20`, `"20%"`, `"20,0 %"` → 20. A number is one already: 0.2 is a fifth of a percent,
 * because nothing tells it from one that is meant so. Undefined when it is none.
 */
export function toPercent(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const [, whole, decimals = "0"] = percentage.exec(value.trim()) ?? [];
  return whole === undefined ? undefined : Number(`${whole}.${decimals}`);
}
