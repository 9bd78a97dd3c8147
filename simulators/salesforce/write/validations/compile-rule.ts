import { isCondition } from "../../formula/condition";
import { fieldsOf, parseFormula, type Expression } from "../../formula/parse";
import { resolveName } from "../../formula/resolve-name";
import type { Schema, SObject } from "../../model/schema";
import type { ValidationRule } from "../../org/validation-rule";

export type StoredRule = Omit<ValidationRule, "expression">;

/**
 * Makes a rule that can be evaluated.
 * @throws Error with a sentence: unknown object or field, or a formula beyond our subset
 */
export function compileRule(schema: Schema, rule: StoredRule): ValidationRule {
  const object = schema.find(rule.object);
  if (!object) throw new Error(`There is no object ${rule.object}.`);
  const expression = compileCondition(schema, object, rule.formula);
  if (rule.errorField !== undefined && !object.field(rule.errorField)) {
    throw new Error(`Field ${rule.errorField} does not exist on ${object.name}.`);
  }
  return { ...rule, object: object.name, expression };
}

/**
 * A formula that is true or false of records of this object.
 * @throws Error with a sentence: another result, or what compileFormula refuses
 */
export function compileCondition(schema: Schema, object: SObject, formula: string): Expression {
  const expression = compileFormula(schema, object, formula);
  if (isCondition(schema, object, expression)) return expression;
  throw new Error("Formula result is incompatible with expected data type (true or false).");
}

/**
 * A formula about records of this object, with every name in it found.
 * @throws Error with a sentence: unknown field or relationship, or a formula beyond our subset
 */
export function compileFormula(schema: Schema, object: SObject, formula: string): Expression {
  const expression = parseFormula(formula);
  for (const name of fieldsOf(expression)) resolveName(schema, object, name);
  return expression;
}
