import type { Expression } from "./parse";
import { resolveName } from "./resolve-name";
import type { Schema, SObject } from "../model/schema";

const CONDITIONS = new Set(["=", "==", "<>", "!=", "<", ">", "<=", ">=", "&&", "||"]);
const TRUE_OR_FALSE = new Set([
  "AND",
  "OR",
  "NOT",
  "ISBLANK",
  "ISNULL",
  "ISNUMBER",
  "ISPICKVAL",
  "ISNEW",
  "ISCHANGED",
  "INCLUDES",
  "CONTAINS",
  "BEGINS",
  "REGEX",
]);

/** Whether a formula of this object is true or false, as the condition of a rule must be. */
export function isCondition(schema: Schema, object: SObject, expression: Expression): boolean {
  const isOne = (inner: Expression | undefined) => inner !== undefined && isCondition(schema, object, inner);
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "boolean";
    case "field":
      return resolveName(schema, object, expression.name).field.type === "boolean";
    case "unary":
      return expression.operator === "!";
    case "binary":
      return CONDITIONS.has(expression.operator);
    case "call": {
      const { name, arguments: given } = expression;
      if (name === "IF") return isOne(given[1]) && isOne(given[2]);
      if (name === "CASE")
        return given.every((value, position) => !isResult(position, given.length) || isOne(value));
      if (name === "PRIORVALUE" || name === "BLANKVALUE" || name === "NULLVALUE") return isOne(given[0]);
      return TRUE_OR_FALSE.has(name);
    }
  }
}

/** CASE(expression, value, result, value, result, …, otherwise). */
function isResult(position: number, count: number): boolean {
  return position === count - 1 || (position > 0 && position % 2 === 0);
}
