import { parseFormula, type Expression } from "../formula/parse";
import { CustomFieldProblem } from "./custom-field-problem";
import { READ_ONLY, type FieldExtra } from "./field-builders";
import type { FieldModel } from "./types";

/** Functions that look at a save, which only validation rules may do, or at the clock, which goes on after it. */
const NOT_IN_FIELDS = new Set(["ISNEW", "ISCHANGED", "PRIORVALUE", "TODAY", "NOW"]);

/**
 * The default value of a custom field, given as a formula.
 * @throws CustomFieldProblem when it is more than a literal, or of another kind than the field holds
 */
export function defaultFromFormula(
  { fullName, defaultValue: formula = "" }: { fullName: string; defaultValue?: string },
  kind: "boolean" | "number" | "string",
): FieldExtra {
  const expression = parsed(fullName, formula);
  const value = expression.kind === "literal" ? expression.value : undefined;
  if (typeof value !== kind || value === undefined) {
    throw new CustomFieldProblem(
      `The simulated org takes only a ${kind} in itself as default value of ${fullName}: ${formula}`,
    );
  }
  return { defaultValue: value, defaultValueFormula: formula, defaultedOnCreate: true };
}

/**
 * The field as a formula field: read-only, computed at every save of its record.
 * @throws CustomFieldProblem when the formula is wrong or beyond our subset
 */
export function calculatedField(field: FieldModel, formula: string): FieldModel {
  const refused = functionsOf(parsed(field.name, formula)).find((name) => NOT_IN_FIELDS.has(name));
  if (refused !== undefined) {
    throw new CustomFieldProblem(`Formula fields of the simulated org cannot use ${refused}: ${field.name}`);
  }
  return {
    ...field,
    ...READ_ONLY,
    calculated: true,
    formula,
    groupable: false,
    nillable: field.type !== "boolean",
  };
}

function functionsOf(expression: Expression): string[] {
  switch (expression.kind) {
    case "call":
      return [expression.name, ...expression.arguments.flatMap(functionsOf)];
    case "binary":
      return [...functionsOf(expression.left), ...functionsOf(expression.right)];
    case "unary":
      return functionsOf(expression.operand);
    case "field":
    case "literal":
      return [];
  }
}

function parsed(fieldName: string, formula: string): Expression {
  try {
    return parseFormula(formula);
  } catch (error) {
    throw new CustomFieldProblem(`${fieldName}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
