/** What value maps say, in the pages' own sentences. Pure. */
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import { byCode, isListed, listedCodes, type Scalar } from "@/lib/core/mapping/value-maps/value-map";
import { counted } from "../ui/numbers";
import type { Otherwise, Then } from "./draft";

/** What a row says of its code; read after the code. */
export const thenLabels: Readonly<Record<Then, string>> = {
  value: "stands for",
  clear: "empties the field",
  leave: "leaves the field as it is",
  hold: "holds the record",
  otherwise: "follows the rule for other codes",
};

/** What becomes of a code that is not listed; finishes "When a code is not listed, …". */
export const otherwiseLabels = {
  leave: "leave the field as it is",
  hold: "hold the record until the code is listed",
  clear: "empty the field",
  default: "write a default value",
} as const satisfies Record<Otherwise, string>;

export function otherwiseText(otherwise: ValueMapEntries["otherwise"]): string {
  if (otherwise === "leave") return "The field is left as it is";
  if (otherwise === "hold") return "The record is held";
  return otherwise.default === null
    ? "The field is emptied"
    : `The default ${quote(otherwise.default)} is written`;
}

export function quote(value: Exclude<Scalar, null>): string {
  return `“${String(value)}”`;
}

/** What a map says of a code, as the rest of a sentence that begins with it. */
export function saidOf(map: ValueMapEntries, code: string): string {
  if (Object.hasOwn(map.values, code)) {
    const value = map.values[code] ?? null;
    return value === null ? thenLabels.clear : `${thenLabels.value} ${quote(value)}${typeNote(value)}`;
  }
  const rule = isListed(map, code) ? map.rules?.[code] : undefined;
  return rule === undefined ? "is not listed" : thenLabels[rule];
}

/** The number 5 and the text 5 are not the same. */
function typeNote(value: Exclude<Scalar, null>): string {
  return typeof value === "string" ? "" : ` (${typeof value === "number" ? "a number" : "yes or no"})`;
}

export interface Difference {
  /** Null: the rule for codes that are not listed. */
  readonly code: string | null;
  readonly kind: "added" | "changed" | "removed";
  readonly before: string;
  readonly after: string;
}

/** What differs between two states of a value map: the rule first, then by code. */
export function differencesOf(before: ValueMapEntries, after: ValueMapEntries): readonly Difference[] {
  const rules = [otherwiseText(before.otherwise), otherwiseText(after.otherwise)] as const;
  const ruled: readonly Difference[] =
    rules[0] === rules[1] ? [] : [{ code: null, kind: "changed", before: rules[0], after: rules[1] }];
  const codes = [...new Set([...listedCodes(before), ...listedCodes(after)])].sort(byCode);
  return [
    ...ruled,
    ...codes.flatMap((code): Difference[] => {
      const [was, is] = [saidOf(before, code), saidOf(after, code)];
      if (was === is) return [];
      const kind = !isListed(before, code) ? "added" : isListed(after, code) ? "changed" : "removed";
      return [{ code, kind, before: was, after: is }];
    }),
  ];
}

/** "3 records that were held are evaluated again." */
export function releasedText(released: number): string {
  if (released === 0) return "No held record waited for it.";
  return `${counted(released, "record that was held is", "records that were held are")} evaluated again.`;
}

/** "DR is decided", "3 codes are decided" */
export function decidedTitle(
  codes: readonly string[],
  { passedOver = 0 }: { readonly passedOver?: number },
): string {
  const [only] = codes;
  if (codes.length === 1) return `${only} is decided`;
  return `${counted(codes.length - passedOver, "code is", "codes are")} decided`;
}

/** What a decision let go through, and what it could not be about. */
export function decidedText(saved: { readonly released: number; readonly passedOver?: number }): string {
  const { released, passedOver = 0 } = saved;
  if (passedOver === 0) return releasedText(released);
  const others = counted(passedOver, "code was", "codes were");
  return `${releasedText(released)} ${others} decided by somebody else meanwhile.`;
}
