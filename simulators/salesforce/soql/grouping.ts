import type { GroupByClause, Query } from "@jetstreamapp/soql-parser-js";
import type { Accumulator, Aggregate } from "./aggregates";
import { fold } from "./comparable";
import type { QueryContext } from "./context";
import { plainError, soqlError } from "./errors";
import { fieldExpression, functionExpression, type Expression } from "./expression";
import { functionCall } from "./functions";
import type { Row, Value } from "../model/types";

/** GROUP BY: what is grouped by, and which of it together. */
export interface Grouping {
  readonly kind: "plain" | "ROLLUP" | "CUBE";
  readonly expressions: readonly Expression[];
  /** For each level of totals, whether an expression takes part; the finest first. */
  readonly sets: readonly (readonly boolean[])[];
}

/** Rows that share the grouped values, or a subtotal over them. */
export interface Group {
  /** One per grouped expression; null where this group is a subtotal over it. */
  readonly values: readonly Value[];
  /** Per grouped expression, whether this group is a subtotal over it. */
  readonly subtotals: readonly boolean[];
  readonly accumulators: readonly Accumulator[];
}

const MAX_ROLLUP_FIELDS = 3;

/** @throws ApiError MALFORMED_QUERY, INVALID_FIELD */
export function compileGrouping(context: QueryContext, groupBy: Query["groupBy"]): Grouping {
  const clauses = groupBy === undefined ? [] : Array.isArray(groupBy) ? groupBy : [groupBy];
  const rollup = clauses.map(rollupOf).find((found) => found !== undefined);
  if (!rollup) {
    const expressions = clauses.map((clause) => expressionOf(context, clause));
    return { kind: "plain", expressions, sets: [expressions.map(() => true)] };
  }
  if (clauses.length > 1) {
    throw plainError("MALFORMED_QUERY", `GROUP BY ${rollup.kind} cannot be combined with other groupings`);
  }
  const expressions = rollup.parameters.map((parameter) => {
    const placed = context.functions.get(parameter);
    return groupable(
      context,
      placed
        ? functionExpression(context, functionCall(placed), "GROUP BY")
        : fieldExpression(context, parameter, "GROUP BY"),
    );
  });
  if (expressions.length > MAX_ROLLUP_FIELDS) {
    const reason = `GROUP BY ${rollup.kind} can have at most ${String(MAX_ROLLUP_FIELDS)} fields`;
    throw plainError("MALFORMED_QUERY", reason);
  }
  return { kind: rollup.kind, expressions, sets: setsOf(rollup.kind, expressions.length) };
}

function rollupOf(clause: GroupByClause) {
  if (!("fn" in clause)) return undefined;
  const kind = clause.fn.functionName?.toUpperCase();
  if (kind !== "ROLLUP" && kind !== "CUBE") return undefined;
  return { kind, parameters: (clause.fn.parameters ?? []).map(String) } as const;
}

function expressionOf(context: QueryContext, clause: GroupByClause): Expression {
  return groupable(
    context,
    "fn" in clause
      ? functionExpression(context, functionCall(clause.fn), "GROUP BY")
      : fieldExpression(context, clause.field, "GROUP BY"),
  );
}

function groupable(context: QueryContext, expression: Expression): Expression {
  const { field } = expression.path;
  if (field.groupable || expression.functionName !== undefined) return expression;
  const reason = `field '${field.name}' can not be grouped in a query call`;
  throw soqlError("MALFORMED_QUERY", context.source, expression.text, "GROUP BY", reason);
}

/** ROLLUP leaves out expressions from the right, CUBE in every combination. */
function setsOf(kind: "ROLLUP" | "CUBE", count: number): boolean[][] {
  const positions = Array.from({ length: count }, (_, position) => position);
  if (kind === "ROLLUP") {
    return Array.from({ length: count + 1 }, (_, left) =>
      positions.map((position) => position < count - left),
    );
  }
  return Array.from({ length: 2 ** count }, (_, mask) =>
    positions.map((position) => (mask & (1 << position)) === 0),
  );
}

/** Puts rows into their groups, subtotals after what they sum up. */
export function groupRows(
  { kind, expressions, sets }: Grouping,
  aggregates: readonly Aggregate[],
  rows: readonly Row[],
): Group[] {
  const groups = new Map<Value, Group>();
  const keyOf = groupKey(expressions);
  const numbered = [...expressions.entries()];
  const start = (values: Value[], subtotals: boolean[]): Group => ({
    values,
    subtotals,
    accumulators: aggregates.map((aggregate) => aggregate.start()),
  });
  const values: Value[] = [];
  for (const row of rows) {
    for (const [position, { valueOf }] of numbered) values[position] = valueOf(row);
    for (const set of sets) {
      const key = keyOf(values, set);
      let group = groups.get(key);
      if (!group) {
        group = start(
          values.map((value, position) => (set[position] ? value : null)),
          set.map((isIn) => !isIn),
        );
        groups.set(key, group);
      }
      for (const accumulator of group.accumulators) accumulator.add(row);
    }
  }
  if (expressions.length === 0 && groups.size === 0) return [start([], [])];
  return kind === "plain" ? [...groups.values()] : [...groups.values()].sort(subtotalsLast);
}

/** What tells the groups apart: the values without case, and which of them are summed up. */
function groupKey(
  expressions: readonly Expression[],
): (values: readonly Value[], set: readonly boolean[]) => Value {
  const folds = expressions.map(fold);
  const [only] = folds;
  if (only && folds.length === 1) {
    return (values, [isIn]) => (isIn ? only(values[0] ?? null) : "\u0000total");
  }
  return (values, set) => {
    let key = "";
    for (const [position, folded] of folds.entries()) {
      const value = folded(values[position] ?? null);
      key += `${!set[position] ? "total" : value === null ? "none" : `=${String(value)}`}\u0000`;
    }
    return key;
  };
}

function subtotalsLast(a: Group, b: Group): number {
  for (const [position, isSubtotal] of a.subtotals.entries()) {
    if (isSubtotal !== b.subtotals[position]) return isSubtotal ? 1 : -1;
    const [own, other] = [a.values[position] ?? null, b.values[position] ?? null];
    if (own === other) continue;
    if (own === null || other === null) return own === null ? -1 : 1;
    return own < other ? -1 : 1;
  }
  return 0;
}
