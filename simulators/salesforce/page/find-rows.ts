import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";
import type { Org } from "../org/org";

export interface FoundRows {
  /** The rows from the first asked for on, last modified first. */
  rows: Row[];
  total: number;
}

export interface RowOrder {
  field: FieldModel;
  isDescending: boolean;
}

/**
 * Live rows that contain the text in a name, key, e-mail or phone field; those from `start`, at most `count`; last
 * modified first, or in the order given, empty values last.
 */
export function findRows(
  org: Org,
  object: SObject,
  search: string,
  start: number,
  count: number,
  order?: RowOrder,
): FoundRows {
  const table = org.store.table(object);
  const isMatch = matcher(object, search);
  const isFirst = order ? inOrder(order) : isNewer;
  const first = new FirstRows(start + count, isFirst);
  let total = 0;
  for (const row of [...table.all()].reverse()) {
    if (row.IsDeleted || !isMatch(row)) continue;
    total += 1;
    first.add(row);
  }
  return { rows: first.rows.slice(start), total };
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

type Precedes = (one: Row, other: Row) => boolean;

function isNewer(one: Row, other: Row): boolean {
  return String(one.SystemModstamp) > String(other.SystemModstamp);
}

function inOrder({ field: { name }, isDescending }: RowOrder): Precedes {
  const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
  return (one, other) => {
    const [a, b] = [one[name] ?? null, other[name] ?? null];
    if (a === null || b === null) return a !== null && b === null;
    const difference = typeof a === "number" && typeof b === "number" ? a - b : compare(String(a), String(b));
    return isDescending ? difference > 0 : difference < 0;
  };
}

/** Keeps the first of many rows without sorting them all. */
class FirstRows {
  readonly rows: Row[] = [];

  constructor(
    private readonly most: number,
    private readonly precedes: Precedes,
  ) {}

  add(row: Row): void {
    const { rows, most, precedes } = this;
    const last = rows.at(-1);
    if (rows.length >= most && last && !precedes(row, last)) return;
    let low = 0;
    for (let high = rows.length; low < high;) {
      const middle = (low + high) >> 1;
      const between = rows[middle];
      if (between && precedes(row, between)) high = middle;
      else low = middle + 1;
    }
    rows.splice(low, 0, row);
    if (rows.length > most) rows.pop();
  }
}
