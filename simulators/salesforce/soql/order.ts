import type { OrderByClause, Query } from "@jetstreamapp/soql-parser-js";
import { isId } from "./comparable";
import type { QueryContext } from "./context";
import { errorAt, plainError, soqlError } from "./errors";
import { fieldExpression, functionExpression, type Expression } from "./expression";
import { functionCall, isAggregate, type FunctionCall } from "./functions";
import { valueOrder, type ValueOrder } from "./sort";
import type { Row, Value } from "../model/types";

/** One part of ORDER BY for rows or groups. */
export interface OrderKey<Item> {
  readonly valueOf: (item: Item) => Value;
  readonly order: ValueOrder;
  readonly isDescending: boolean;
  readonly nullsLast: boolean;
}

/** The parts of an ORDER BY clause. */
export function orderClauses(orderBy: Query["orderBy"]): readonly OrderByClause[] {
  if (orderBy === undefined) return [];
  return Array.isArray(orderBy) ? orderBy : [orderBy];
}

/** What a part of ORDER BY sorts by: a path, or a function. */
export function orderedBy({ functions }: QueryContext, clause: OrderByClause): string | FunctionCall {
  if (!("field" in clause)) return functionCall(clause.fn);
  const placed = functions.get(clause.field);
  return placed ? functionCall(placed) : clause.field;
}

/** Compares two rows by ORDER BY. @throws ApiError MALFORMED_QUERY, INVALID_FIELD */
export function compileOrder(context: QueryContext, orderBy: Query["orderBy"]): (a: Row, b: Row) => number {
  const keys = orderClauses(orderBy).map((clause): OrderKey<Row> => {
    const by = orderedBy(context, clause);
    if (typeof by !== "string" && isAggregate(by)) {
      throw plainError("MALFORMED_QUERY", `Aggregate ${by.name} in ORDER BY needs a GROUP BY clause.`);
    }
    const expression =
      typeof by === "string"
        ? fieldExpression(context, by, "ORDER BY")
        : functionExpression(context, by, "ORDER BY");
    checkSortable(context, expression);
    return orderKey(context, clause, expression, expression.valueOf);
  });
  return compareBy(keys);
}

/** @throws ApiError MALFORMED_QUERY */
export function checkSortable(context: QueryContext, { path, text, functionName }: Expression): void {
  const { field } = path;
  if (functionName === "TOLABEL") {
    const position = context.source.find("toLabel", "ORDER BY");
    throw errorAt("MALFORMED_QUERY", context.source.text, position, "unexpected token: 'toLabel'");
  }
  if (field.sortable && field.type !== "multipicklist") return;
  const reason = `field '${field.name}' can not be sorted in a query call`;
  throw soqlError("MALFORMED_QUERY", context.source, text, "ORDER BY", reason);
}

/**
 * Nulls come first unless NULLS LAST is said; for lookups they always do (SOQL reference, "ORDER BY": "NULLS LAST
 * expressions aren't supported").
 */
export function orderKey<Item>(
  context: QueryContext,
  clause: OrderByClause,
  expression: Pick<Expression, "type" | "caseSensitive" | "path" | "functionName">,
  valueOf: (item: Item) => Value,
): OrderKey<Item> {
  const field = expression.functionName === undefined ? expression.path.field : undefined;
  return {
    valueOf,
    order: valueOrder(context, expression, field),
    isDescending: clause.order === "DESC",
    nullsLast: clause.nulls === "LAST" && !isId(expression.type),
  };
}

export function compareBy<Item>(keys: readonly OrderKey<Item>[]): (a: Item, b: Item) => number {
  return (a, b) => {
    for (const key of keys) {
      const order = compareKey(key, key.valueOf(a), key.valueOf(b));
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compareKey({ order, isDescending, nullsLast }: OrderKey<never>, a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : (a === null) === nullsLast ? 1 : -1;
  return isDescending ? order(b, a) : order(a, b);
}
