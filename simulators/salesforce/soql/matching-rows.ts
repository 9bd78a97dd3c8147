import { isId } from "./comparable";
import type { QueryContext } from "./context";
import type { CompiledWhere, KeyCondition } from "./compiled-where";
import { NAME_OBJECT } from "./polymorphic";
import type { SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";

/** The rows of the queried object that a WHERE clause lets through, deleted ones only where they are asked for. */
export function matchingRows(context: QueryContext, where: CompiledWhere | undefined): Row[] {
  const rows: Row[] = [];
  const { includeDeleted } = context;
  const matches = where?.matches ?? (() => true);
  for (const row of candidates(context, where)) {
    if ((includeDeleted || row.IsDeleted !== true) && matches(row)) rows.push(row);
  }
  return rows;
}

/** How many rows match, without gathering them. */
export function countMatching(context: QueryContext, where: CompiledWhere | undefined): number {
  const { includeDeleted } = context;
  const table = context.org.store.table(context.object);
  if (!where) return includeDeleted ? table.size : table.countLive;
  let count = 0;
  for (const row of candidates(context, where)) {
    if ((includeDeleted || row.IsDeleted !== true) && where.matches(row)) count += 1;
  }
  return count;
}

/** The rows to test: those an index gives for a key condition, or all. */
function candidates(context: QueryContext, where: CompiledWhere | undefined): Iterable<Row> {
  for (const condition of where?.keyConditions ?? []) {
    const found = indexedRows(context, condition);
    if (found) return found;
  }
  return context.org.store.table(context.object).all();
}

/** The live rows an index gives for a condition; undefined when none can answer it. */
export function indexedRows(
  context: QueryContext,
  { path, values }: KeyCondition,
): Iterable<Row> | undefined {
  const { lookups, field } = path;
  if (lookups.some(({ target }) => target.name === NAME_OBJECT)) return undefined;
  const objects = [context.object, ...lookups.map(({ target }) => target)];
  let found = rowsOf(context, objects.at(-1), field, values);
  for (let at = lookups.length - 1; at >= 0 && found; at--) {
    const lookup = lookups[at];
    const ids: Value[] = [];
    for (const row of found) ids.push(row.Id ?? null);
    found = lookup && rowsOf(context, objects[at], lookup.field, ids);
  }
  return found;
}

function rowsOf(
  { org, includeDeleted }: QueryContext,
  object: SObject | undefined,
  field: FieldModel,
  values: readonly Value[],
): Iterable<Row> | undefined {
  if (!object || values.some((value) => value === null)) return undefined;
  const table = org.store.table(object);
  const unique = new Set(values);
  const rows = new Set<Row>();
  if (field.type === "id") {
    for (const id of unique) {
      const row = table.get(String(id));
      if (row) rows.add(row);
    }
    return rows;
  }
  // Deleted rows are in no other index.
  if (includeDeleted) return undefined;
  const byParent = isId(field.type) && table.hasParentIndex(field);
  if (!byParent && !table.hasKeyIndex(field)) return undefined;
  for (const value of unique) {
    const found = byParent ? table.byParent(field, String(value)) : table.byKey(field, value);
    for (const row of found) rows.add(row);
  }
  return rows;
}
