import { noSuchObject, soqlError } from "./errors";
import { compileOrder } from "./order";
import { parseSoql } from "./parse";
import { compileSelect, isCount } from "./select";
import { compileWhere, type CompiledWhere, type WhereContext } from "./where";
import type { Row } from "../model/types";
import type { Org } from "../org/org";

export interface QueryOutcome {
  totalSize: number;
  /** Makes the answered records from `start` to `end`, so that a page costs only its own rows. */
  records: (start: number, end: number) => unknown[];
  rowCount: number;
}

const MAX_OFFSET = 2000;

/**
 * Answers a SOQL query.
 * @param includeDeleted as queryAll does
 * @throws ApiError MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE
 */
export function runSoql(org: Org, query: string, version: number, includeDeleted: boolean): QueryOutcome {
  const parsed = parseSoql(query);
  const object = org.schema.find(parsed.sObject);
  if (!object) throw noSuchObject(query, parsed.sObject);
  for (const [clause, name] of [
    [parsed.groupBy, "GROUP BY"],
    [parsed.having, "HAVING"],
    [parsed.usingScope, "USING SCOPE"],
    [parsed.withDataCategory, "WITH DATA CATEGORY"],
  ] as const) {
    if (clause) throw soqlError("MALFORMED_QUERY", query, "", `The simulated org does not answer ${name}.`);
  }
  const context: WhereContext = { org, object, query, alias: parsed.sObjectAlias };
  const where = parsed.where ? compileWhere(context, parsed.where) : undefined;
  const order = parsed.orderBy ? compileOrder(context, parsed.orderBy) : undefined;
  const fields = parsed.fields ?? [];
  const counts = isCount(fields);
  const project = counts ? undefined : compileSelect(context, fields, version, parsed.limit);
  const offset = parsed.offset ?? 0;
  if (offset > MAX_OFFSET) {
    throw soqlError(
      "NUMBER_OUTSIDE_VALID_RANGE",
      query,
      String(offset),
      "Maximum SOQL offset allowed is 2000",
    );
  }
  const rows: Row[] = [];
  for (const row of candidates(context, where, includeDeleted)) {
    if (!includeDeleted && row.IsDeleted) continue;
    if (!where || where.matches(row)) rows.push(row);
  }
  if (order) rows.sort(order);
  const end = parsed.limit === undefined ? rows.length : offset + parsed.limit;
  const result = offset > 0 || end < rows.length ? rows.slice(offset, end) : rows;
  return {
    totalSize: result.length,
    rowCount: project ? result.length : 0,
    records: (start, stop) => (project ? result.slice(start, stop).map(project) : []),
  };
}

/** The rows to test: those an index gives for a key condition, or all. */
function candidates(
  context: WhereContext,
  where: CompiledWhere | undefined,
  includeDeleted: boolean,
): Iterable<Row> {
  const table = context.org.store.table(context.object);
  for (const { path, values } of where?.keyConditions ?? []) {
    if (path.lookups.length > 0) continue;
    const unique = [...new Set(values)];
    if (path.field.type === "id") {
      return unique.map((id) => table.get(String(id))).filter((row) => row !== undefined);
    }
    if (includeDeleted) continue;
    if (table.hasKeyIndex(path.field))
      return distinct(unique.flatMap((value) => table.byKey(path.field, value)));
    if (table.hasParentIndex(path.field)) {
      return distinct(unique.flatMap((value) => table.byParent(path.field, String(value))));
    }
  }
  return table.all();
}

function distinct(rows: readonly Row[]): Iterable<Row> {
  return new Set(rows);
}
