import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";
import type { Org } from "../org/org";
import { firstRows } from "../soql/first-rows";

export interface FoundRows {
  rows: Row[];
  /** Of all that were found. */
  total: number;
  /** Where among them the rows begin: what was asked for, unless that is beyond the last page. */
  start: number;
}

export interface RowOrder {
  field: FieldModel;
  isDescending: boolean;
}

/**
 * Live rows that contain the text in a name, key, e-mail or phone field, `count` of them from `start` on, or the last
 * such page when there are fewer; last modified first, or in the order given, empty values last.
 */
export function findRows(
  org: Org,
  object: SObject,
  search: string,
  start: number,
  count: number,
  order?: RowOrder,
): FoundRows {
  const isMatch = matcher(object, search);
  const found = [...org.store.table(object).all()].reverse().filter((row) => !row.IsDeleted && isMatch(row));
  const total = found.length;
  const lastStart = Math.floor(Math.max(0, total - 1) / count) * count;
  const from = Math.min(start, lastStart);
  const rows = firstRows(found, from + count, order ? inOrder(order) : newestFirst);
  return { rows: rows.slice(from), total, start: from };
}

function matcher(object: SObject, search: string): (row: Row) => boolean {
  const wanted = search.trim().toLowerCase();
  if (wanted === "") return () => true;
  const names = object.model.fields
    .filter(
      ({ type, nameField, externalId }) => nameField || externalId || type === "email" || type === "phone",
    )
    .map((field) => field.name);
  return (row) =>
    [...names, "Name", "Id"].some((name) =>
      String(row[name] ?? "")
        .toLowerCase()
        .includes(wanted),
    );
}

type Compare = (one: Row, other: Row) => number;

function newestFirst(one: Row, other: Row): number {
  const [a, b] = [String(one.SystemModstamp), String(other.SystemModstamp)];
  return a === b ? 0 : a > b ? -1 : 1;
}

function inOrder({ field: { name }, isDescending }: RowOrder): Compare {
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
  return (one, other) => {
    const [a, b] = [one[name] ?? null, other[name] ?? null];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    const difference = typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b));
    return isDescending ? -difference : difference;
  };
}
