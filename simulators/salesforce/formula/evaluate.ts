import { FORMULA_FUNCTIONS, type FormulaValue } from "./functions";
import type { Expression } from "./parse";
import type { Row } from "../model/types";
import type { Change } from "../write/change";

/** The value of a formula for one row about to be saved. Text compares with case; blank text equals null. */
export function evaluateFormula(expression: Expression, change: Change): FormulaValue {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "field":
      return fieldValue(expression.name, change.after, change);
    case "unary": {
      const value = evaluateFormula(expression.operand, change);
      return expression.operator === "-" ? -Number(value ?? 0) : value !== true;
    }
    case "binary":
      return binary(expression.operator, expression.left, expression.right, change);
    case "call":
      return call(expression.name, expression.arguments, change);
  }
}

function fieldValue(name: string, row: Row | undefined, change: Change): FormulaValue {
  const field = change.object.field(name);
  return (field && row?.[field.name]) ?? null;
}

function call(name: string, given: readonly Expression[], change: Change): FormulaValue {
  const value = (position: number): FormulaValue => {
    const expression = given[position];
    return expression ? evaluateFormula(expression, change) : null;
  };
  const first = given[0];
  const fieldName = first?.kind === "field" ? first.name : "";
  switch (name) {
    case "AND":
      return given.every((_, position) => value(position) === true);
    case "OR":
      return given.some((_, position) => value(position) === true);
    case "IF":
      return value(0) === true ? value(1) : value(2);
    case "ISNEW":
      return change.kind === "insert";
    case "PRIORVALUE":
      return fieldValue(fieldName, change.before ?? change.after, change);
    case "ISCHANGED":
      return (
        change.before !== undefined &&
        fieldValue(fieldName, change.before, change) !== fieldValue(fieldName, change.after, change)
      );
    default:
      return FORMULA_FUNCTIONS[name]?.apply?.(given.map((_, position) => value(position))) ?? null;
  }
}

function binary(operator: string, left: Expression, right: Expression, change: Change): FormulaValue {
  const a = evaluateFormula(left, change);
  if (operator === "&&") return a === true && evaluateFormula(right, change) === true;
  if (operator === "||") return a === true || evaluateFormula(right, change) === true;
  const b = evaluateFormula(right, change);
  switch (operator) {
    case "=":
    case "==":
      return areEqual(a, b);
    case "<>":
    case "!=":
      return !areEqual(a, b);
    case "&":
      return `${a ?? ""}${b ?? ""}`;
    case "+":
      return typeof a === "string" || typeof b === "string" ? `${a ?? ""}${b ?? ""}` : Number(a) + Number(b);
    case "-":
      return Number(a) - Number(b);
    case "*":
      return Number(a) * Number(b);
    case "/":
      return Number(a) / Number(b);
    default:
      return areOrdered(operator, a, b);
  }
}

function areEqual(a: FormulaValue, b: FormulaValue): boolean {
  return (a === "" ? null : a) === (b === "" ? null : b);
}

function areOrdered(operator: string, a: FormulaValue, b: FormulaValue): boolean {
  if (a === null || b === null) return false;
  switch (operator) {
    case "<":
      return a < b;
    case ">":
      return a > b;
    case "<=":
      return a <= b;
    default:
      return a >= b;
  }
}
