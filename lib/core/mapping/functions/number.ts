/** A sign, digits that may stand in threes, and decimals behind a point or a comma. */
const spelled = /^([+-]?)(\d{1,3}(?:[ '’\u00A0\u202F]\d{3}){1,5}|\d{1,15})(?:([.,])(\d{1,15}))?$/u;

/** A comma that may as well stand between thousands. */
const twofold = /^[+-]?[1-9]\d{0,2},\d{3}$/;

export type ReadNumber =
  | { readonly ok: true; readonly number: number }
  /** `twofold`: it can be read in two ways that are a thousand times apart. */
  | { readonly ok: false; readonly why: "none" | "twofold" };

/** A number as people write it: `12.5`, `"12,5"`, `"1 234.50"`, `"1'234,50"`. */
export function toNumber(value: unknown): ReadNumber {
  if (typeof value === "number")
    return Number.isFinite(value) ? { ok: true, number: value } : { ok: false, why: "none" };
  const text = typeof value === "string" ? value.trim() : "";
  if (twofold.test(text)) return { ok: false, why: "twofold" };
  const [, sign, whole, , decimals = "0"] = spelled.exec(text) ?? [];
  if (whole === undefined) return { ok: false, why: "none" };
  return { ok: true, number: Number(`${sign}${whole.replace(/\D/g, "")}.${decimals}`) };
}
