import type { FieldType, HavingClause } from "@jetstreamapp/soql-parser-js";
import { GroupValues, type GroupValue } from "./aggregate-columns";
import { comparison } from "./compare";
import { conditionTree, type ConditionTree } from "./conditions";
import type { QueryContext } from "./context";
import { dateFunction } from "./date-functions";
import { notAnswered, plainError } from "./errors";
import { functionCall, isAggregate, plainPath, type FunctionCall } from "./functions";
import { compileGrouping, groupRows, type Group } from "./grouping";
import { checkSortable, compareBy, orderClauses, orderedBy, orderKey } from "./order";
import type { ParsedQuery } from "./parse";
import type { Row } from "../model/types";

/** A query whose records are groups: `AggregateResult`. */
export interface AggregateQuery {
  readonly columns: readonly string[];
  /** One record per group that HAVING lets through, in ORDER BY's order. */
  readonly records: (rows: readonly Row[]) => unknown[];
}

/** Whether a query gives groups instead of rows. */
export function isAggregateQuery({ fields = [], groupBy }: ParsedQuery["select"]): boolean {
  return groupBy !== undefined || fields.some(isGroupFunction);
}

function isGroupFunction(field: FieldType): boolean {
  if (field.type !== "FieldFunctionExpression") return false;
  for (let call: FunctionCall | undefined = functionCall(field); call;) {
    if (isAggregate(call) || call.name === "GROUPING" || dateFunction(call.name)) return true;
    call = typeof call.argument === "object" ? call.argument : undefined;
  }
  return false;
}

/** @throws ApiError MALFORMED_QUERY, INVALID_FIELD */
export function compileAggregateQuery(context: QueryContext, select: ParsedQuery["select"]): AggregateQuery {
  const grouping = compileGrouping(context, select.groupBy);
  if (!select.groupBy) refuseOverall(select);
  const values = new GroupValues(context, grouping);
  const columns = columnsOf(values, select.fields ?? []);
  const isKept = select.having ? compileHaving(context, values, select.having) : undefined;
  const order = compileGroupOrder(context, values, select);
  return {
    columns: columns.map(({ key }) => key),
    records: (rows) => {
      const groups = groupRows(grouping, values.aggregates, rows);
      const kept = isKept ? groups.filter(isKept) : groups;
      if (order) kept.sort(order);
      return kept.map((group) => {
        const record: Record<string, unknown> = { attributes: { type: "AggregateResult" } };
        for (const { key, valueOf } of columns) record[key] = valueOf(group);
        return record;
      });
    },
  };
}

function refuseOverall({ limit, offset }: ParsedQuery["select"]): void {
  const clause = limit !== undefined ? "LIMIT" : offset !== undefined ? "OFFSET" : undefined;
  if (clause) {
    throw plainError(
      "MALFORMED_QUERY",
      `Non-grouped query that uses overall aggregate functions cannot also use ${clause}`,
    );
  }
}

interface Column {
  readonly key: string;
  readonly valueOf: GroupValue["valueOf"];
}

/** Functions without an alias are called `expr0`, `expr1` … in their order. */
function columnsOf(values: GroupValues, fields: readonly FieldType[]): Column[] {
  let unnamed = 0;
  const columns: Column[] = [];
  const put = (key: string, { valueOf }: GroupValue) => {
    if (columns.some((column) => column.key.toLowerCase() === key.toLowerCase())) {
      throw plainError("MALFORMED_QUERY", `duplicate alias: ${key}`);
    }
    columns.push({ key, valueOf });
  };
  for (const field of fields) {
    const path = plainPath(field);
    if (path !== undefined) {
      const value = values.field(path, "SELECT");
      put(("alias" in field ? field.alias : undefined) ?? value.path.field.name, value);
    } else if (field.type === "FieldFunctionExpression") {
      const call = functionCall(field);
      put(call.alias ?? `expr${String(unnamed)}`, values.call(call, "SELECT"));
      if (call.alias === undefined) unnamed += 1;
    } else {
      throw notAnswered("subqueries and TYPEOF next to aggregates");
    }
  }
  return columns;
}

function compileHaving(
  context: QueryContext,
  values: GroupValues,
  clause: HavingClause,
): (group: Group) => boolean {
  const compile = (tree: ConditionTree): ((group: Group) => boolean) => {
    switch (tree.kind) {
      case "and":
      case "or": {
        const tests = tree.parts.map(compile);
        return tree.kind === "and"
          ? (group) => tests.every((test) => test(group))
          : (group) => tests.some((test) => test(group));
      }
      case "not": {
        const test = compile(tree.part);
        return (group) => !test(group);
      }
      case "leaf": {
        const { condition } = tree;
        if ("valueQuery" in condition) throw notAnswered("semi-joins in HAVING");
        const value =
          "fn" in condition
            ? values.call(functionCall(condition.fn), "HAVING")
            : values.field(condition.field, "HAVING");
        const { test } = comparison(context, value, condition);
        return (group) => test(value.valueOf(group));
      }
    }
  };
  return compile(conditionTree(context.source, "HAVING", clause));
}

function compileGroupOrder(context: QueryContext, values: GroupValues, { orderBy }: ParsedQuery["select"]) {
  const clauses = orderClauses(orderBy);
  if (clauses.length === 0) return undefined;
  return compareBy(
    clauses.map((clause) => {
      const by = orderedBy(context, clause);
      const value = typeof by === "string" ? values.field(by, "ORDER BY") : values.call(by, "ORDER BY");
      if (value.functionName === undefined)
        checkSortable(context, { ...value, key: "", valueOf: () => null });
      return orderKey(context, clause, value, value.valueOf);
    }),
  );
}
