import { compileQuery, type Asking, type CompiledQuery } from "./compile";
import { plainError } from "./errors";
import { firstRows } from "./first-rows";
import { markViewed } from "./mark-viewed";
import { countMatching, matchingRows } from "./matching-rows";
import { listOf, type QueryList } from "./query-list";
import type { Schema } from "../model/schema";
import type { Row } from "../model/types";
import type { Org } from "../org/org";

export interface QueryOutcome extends QueryList {
  /** Names of the columns as a table would head them; empty for `COUNT()`. */
  readonly columns: readonly string[];
}

/** A grouped query has no further pages (SOQL reference, "Considerations for GROUP BY"). */
const MAX_GROUPS = 2000;

/**
 * Answers a SOQL query.
 * @param schema what the user may see
 * @param version `62` for v62.0
 * @param includeDeleted as queryAll does
 * @param userId whose time zone, locale and ownership count; the integration user unless given
 * @throws ApiError MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE and others of SOQL
 */
export function runSoql(
  org: Org,
  schema: Schema,
  query: string,
  version: number,
  includeDeleted: boolean,
  userId: string = org.setup.integrationUserId,
): QueryOutcome {
  const asking: Asking = { org, schema, version, includeDeleted, userId };
  const compiled = compileQuery(asking, query);
  const { context, select, where, results } = compiled;
  switch (results.kind) {
    case "count": {
      const all = Math.max(0, countMatching(context, where) - (select.offset ?? 0));
      const totalSize = Math.min(all, select.limit ?? all);
      return { totalSize, rowCount: 0, columns: [], page: () => ({ records: [], end: 0, rows: 0 }) };
    }
    case "groups": {
      const groups = cut(results.records(matchingRows(context, where)), compiled);
      if (groups.length > MAX_GROUPS) throw tooManyGroups();
      return { ...listOf(groups, (group) => group), columns: results.columns };
    }
    case "rows": {
      const rows = orderedRows(compiled, matchingRows(context, where), results.order);
      if (select.for === "VIEW" || select.for === "REFERENCE") markViewed(context, rows, select.for);
      return { ...listOf(rows, results.record), columns: results.columns };
    }
  }
}

function orderedRows(
  compiled: CompiledQuery,
  rows: Row[],
  order: ((a: Row, b: Row) => number) | undefined,
): Row[] {
  const { limit, offset = 0 } = compiled.select;
  if (!order) return cut(rows, compiled);
  if (limit === undefined) return cut(rows.sort(order), compiled);
  return cut(firstRows(rows, offset + limit, order), compiled);
}

function cut<Item>(items: Item[], { select: { limit, offset = 0 } }: CompiledQuery): Item[] {
  const end = limit === undefined ? items.length : offset + limit;
  return offset > 0 || end < items.length ? items.slice(offset, end) : items;
}

function tooManyGroups(): Error {
  return plainError(
    "EXCEEDED_ID_LIMIT",
    "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch",
  );
}
