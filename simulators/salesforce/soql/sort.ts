import { isText, type Comparable } from "./comparable";
import type { QueryContext } from "./context";
import type { FieldModel, Value } from "../model/types";

/** Compares two values that are there: negative when the first comes first in ascending order. */
export type ValueOrder = (a: Exclude<Value, null>, b: Exclude<Value, null>) => number;

/**
 * How values of a field sort (SOQL reference, "ORDER BY"): picklists in the order of their definition, text by its upper
 * case in English locales and by Unicode collation in others, all else by value.
 * @param field whose picklist values count; undefined for what a function gives
 */
export function valueOrder(
  context: { readonly user: Pick<QueryContext["user"], "locale"> },
  comparable: Comparable,
  field: FieldModel | undefined,
): ValueOrder {
  const values = field?.picklistValues ?? [];
  if (field?.type === "picklist" && values.length > 0) {
    const ranks = new Map<Value, number>(values.map(({ value }, rank) => [value, rank]));
    const rankOf = (value: Value) => ranks.get(value) ?? ranks.size;
    return (a, b) => rankOf(a) - rankOf(b) || byValue(a, b);
  }
  if (!isText(comparable.type)) return byValue;
  const { locale } = context.user;
  if (!/^en\b/.test(locale)) {
    const collator = new Intl.Collator(locale);
    return (a, b) => collator.compare(String(a), String(b));
  }
  return comparable.caseSensitive ? byValue : byUpperCase;
}

function byValue(a: Exclude<Value, null>, b: Exclude<Value, null>): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function byUpperCase(a: Exclude<Value, null>, b: Exclude<Value, null>): number {
  return a === b ? 0 : byValue(String(a).toUpperCase(), String(b).toUpperCase());
}
