import type { OrderByClause, Query } from "@jetstreamapp/soql-parser-js";
import { comparable } from "./compare";
import { soqlError } from "./errors";
import { pathValue, resolvePath } from "./paths";
import type { WhereContext } from "./where";
import type { Row, Value } from "../model/types";

/** Compares two rows by ORDER BY; nulls come first unless NULLS LAST is said. */
export function compileOrder(context: WhereContext, orderBy: Query["orderBy"]): (a: Row, b: Row) => number {
  const clauses: OrderByClause[] = orderBy === undefined ? [] : Array.isArray(orderBy) ? orderBy : [orderBy];
  const keys = clauses.map((clause) => compileClause(context, clause));
  return (a, b) => {
    for (const { valueOf, direction, nulls } of keys) {
      const order = compareValues(valueOf(a), valueOf(b), direction, nulls);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compileClause(context: WhereContext, clause: OrderByClause) {
  const { org, object, query, alias } = context;
  if (!("field" in clause)) {
    throw soqlError("MALFORMED_QUERY", query, "", "The simulated org does not answer functions in ORDER BY.");
  }
  const path = resolvePath(org, object, clause.field, query, alias);
  if (!path.field.sortable) {
    throw soqlError(
      "INVALID_FIELD",
      query,
      clause.field,
      `field '${path.field.name}' can not be sorted in a query call`,
    );
  }
  return {
    valueOf: (row: Row) => comparable(path.field, pathValue(org, row, path)),
    direction: clause.order === "DESC" ? -1 : 1,
    nulls: clause.nulls === "LAST" ? 1 : -1,
  };
}

function compareValues(a: Value, b: Value, direction: number, nulls: number): number {
  if (a === b) return 0;
  if (a === null) return nulls;
  if (b === null) return -nulls;
  return a < b ? -direction : direction;
}
