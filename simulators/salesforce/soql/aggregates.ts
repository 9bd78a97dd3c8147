import { fold, isNumber } from "./comparable";
import type { QueryContext } from "./context";
import { converted, currencyRates } from "./currency-rates";
import { plainError, soqlError } from "./errors";
import { fieldExpression, type Expression } from "./expression";
import type { FunctionCall } from "./functions";
import type { Compared } from "./literals";
import { parentRow } from "./paths";
import { valueOrder } from "./sort";
import type { Clause } from "./source";
import type { FieldModel, FieldType, Row, Value } from "../model/types";

/** Gathers the values of one group. */
export interface Accumulator {
  readonly add: (row: Row) => void;
  readonly value: () => Value;
}

/** `SUM(Amount)` and its kin. */
export interface Aggregate extends Compared {
  /** `sum(amount)`: equal in SELECT, HAVING and ORDER BY. */
  readonly key: string;
  readonly expression: Expression;
  readonly start: () => Accumulator;
}

const NOT_AGGREGATABLE = new Set<FieldType>(["boolean", "time", "address", "multipicklist"]);

/** @throws ApiError MALFORMED_QUERY for a field that does not support the function */
export function aggregate(context: QueryContext, call: FunctionCall, clause: Clause): Aggregate {
  if (call.argument === undefined) {
    throw plainError("MALFORMED_QUERY", `unexpected token: '${clause === "SELECT" ? "COUNT" : ")"}'`);
  }
  if (typeof call.argument !== "string") {
    throw plainError("MALFORMED_QUERY", "unexpected token: '('");
  }
  const expression = fieldExpression(context, call.argument, clause);
  const { field } = expression.path;
  if (!supports(call.name, field)) {
    const reason = `field ${field.name} does not support aggregate operator ${call.name}`;
    throw soqlError("MALFORMED_QUERY", context.source, call.argument, clause, reason);
  }
  return {
    ...expression,
    ...resultType(call.name, field),
    key: `${call.name.toLowerCase()}(${expression.key})`,
    expression,
    start: accumulators(context, call.name, expression),
  };
}

/** SOQL reference, "Support for Field Types in Aggregate Functions"; long text areas support none. */
function supports(name: string, field: FieldModel): boolean {
  if (NOT_AGGREGATABLE.has(field.type) || !field.filterable) return false;
  return name === "SUM" || name === "AVG" ? isNumber(field.type) : true;
}

function resultType(name: string, field: FieldModel): { type: FieldType; caseSensitive: boolean } {
  if (name.startsWith("COUNT")) return { type: "int", caseSensitive: false };
  const isSum = name === "SUM" || name === "AVG";
  return { type: isSum ? "double" : field.type, caseSensitive: field.caseSensitive };
}

function accumulators(context: QueryContext, name: string, expression: Expression): () => Accumulator {
  const valueOf = corporateValue(context, expression);
  switch (name) {
    case "COUNT":
      return () => counter(valueOf);
    case "COUNT_DISTINCT":
      return () => distinctCounter(valueOf, fold(expression));
    case "SUM":
      return () => sum(valueOf, expression.path.field.scale);
    case "AVG":
      return () => average(valueOf);
    default: {
      const order = valueOrder(context, expression, expression.path.field);
      const direction = name === "MIN" ? 1 : -1;
      return () => extreme(valueOf, (a, b) => direction * order(a, b));
    }
  }
}

/** Amounts count in the corporate currency (SOQL reference, "convertCurrency()"). */
function corporateValue(context: QueryContext, { type, path, valueOf }: Expression): (row: Row) => Value {
  const rates = type === "currency" ? currencyRates(context) : undefined;
  if (!rates) return valueOf;
  return (row) => {
    const amount = valueOf(row);
    const owner = parentRow(context, row, path.lookups);
    return typeof amount === "number" && owner ? converted(rates, amount, owner, rates.corporate) : amount;
  };
}

type ReadValue = (row: Row) => Value;

function counter(valueOf: ReadValue): Accumulator {
  let count = 0;
  return {
    add: (row) => {
      if (valueOf(row) !== null) count += 1;
    },
    value: () => count,
  };
}

function distinctCounter(valueOf: ReadValue, folded: (value: Value) => Value): Accumulator {
  const seen = new Set<Value>();
  return {
    add: (row) => {
      const value = valueOf(row);
      if (value !== null) seen.add(folded(value));
    },
    value: () => seen.size,
  };
}

function sum(valueOf: ReadValue, scale: number): Accumulator {
  let total: number | null = null;
  return {
    add: (row) => {
      const value = valueOf(row);
      if (typeof value === "number") total = (total ?? 0) + value;
    },
    // Decimal sums have no binary fractions.
    value: () => (total === null ? null : Number(total.toFixed(scale))),
  };
}

function average(valueOf: ReadValue): Accumulator {
  let total = 0;
  let count = 0;
  return {
    add: (row) => {
      const value = valueOf(row);
      if (typeof value !== "number") return;
      total += value;
      count += 1;
    },
    value: () => (count === 0 ? null : Number((total / count).toPrecision(15))),
  };
}

function extreme(
  valueOf: ReadValue,
  compare: (a: Exclude<Value, null>, b: Exclude<Value, null>) => number,
): Accumulator {
  let found: Value = null;
  return {
    add: (row) => {
      const value = valueOf(row);
      if (value !== null && (found === null || compare(value, found) < 0)) found = value;
    },
    value: () => found,
  };
}
