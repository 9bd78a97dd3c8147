import type { FormulaContext } from "./context";
import { FORMULA_FUNCTIONS } from "./functions";
import type { Expression } from "./parse";
import { addOrSubtract, areEqual, areOrdered, textOf, type FormulaValue } from "./values";

/** The value of a formula for one record about to be saved. Text compares with case; blank text equals null. */
export function evaluateFormula(expression: Expression, context: FormulaContext): FormulaValue {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "field":
      return context.value(expression.name);
    case "unary": {
      const value = evaluateFormula(expression.operand, context);
      return expression.operator === "-" ? -Number(value ?? 0) : value !== true;
    }
    case "binary":
      return binary(expression.operator, expression.left, expression.right, context);
    case "call":
      return call(expression.name, expression.arguments, context);
  }
}

function call(name: string, given: readonly Expression[], context: FormulaContext): FormulaValue {
  const value = (position: number): FormulaValue => {
    const expression = given[position];
    return expression ? evaluateFormula(expression, context) : null;
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
    case "CASE":
      return chosenCase(given.length, value);
    case "ISNEW":
      return context.isNew;
    case "PRIORVALUE":
      return context.priorValue(fieldName);
    case "ISCHANGED":
      return !context.isNew && !areEqual(context.priorValue(fieldName), context.value(fieldName));
    default:
      return (
        FORMULA_FUNCTIONS[name]?.apply?.(
          given.map((_, position) => value(position)),
          context,
        ) ?? null
      );
  }
}

/** `CASE(value, when, then, …, otherwise)`. */
function chosenCase(count: number, value: (position: number) => FormulaValue): FormulaValue {
  const subject = value(0);
  for (let position = 1; position + 1 < count; position += 2) {
    if (areEqual(subject, value(position))) return value(position + 1);
  }
  return value(count - 1);
}

function binary(
  operator: string,
  left: Expression,
  right: Expression,
  context: FormulaContext,
): FormulaValue {
  const a = evaluateFormula(left, context);
  if (operator === "&&") return a === true && evaluateFormula(right, context) === true;
  if (operator === "||") return a === true || evaluateFormula(right, context) === true;
  const b = evaluateFormula(right, context);
  switch (operator) {
    case "=":
    case "==":
      return areEqual(a, b);
    case "<>":
    case "!=":
      return !areEqual(a, b);
    case "&":
      return textOf(a) + textOf(b);
    case "+":
    case "-":
      return addOrSubtract(operator, a, b);
    case "*":
      return Number(a) * Number(b);
    case "/":
      return Number(a) / Number(b);
    default:
      return areOrdered(operator, a, b);
  }
}
