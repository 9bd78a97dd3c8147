import { fieldsOf, parseFormula } from "../../formula/parse";
import type { Schema } from "../../model/schema";
import type { ValidationRule } from "../../org/validation-rule";

export type StoredRule = Omit<ValidationRule, "expression">;

/**
 * Makes a rule that can be evaluated.
 * @throws Error with a sentence: unknown object or field, or a formula beyond our subset
 */
export function compileRule(schema: Schema, rule: StoredRule): ValidationRule {
  const object = schema.find(rule.object);
  if (!object) throw new Error(`There is no object ${rule.object}.`);
  const expression = parseFormula(rule.formula);
  const names = [...fieldsOf(expression), ...(rule.errorField === undefined ? [] : [rule.errorField])];
  for (const name of names) {
    if (!object.field(name)) throw new Error(`Field ${name} does not exist on ${object.name}.`);
  }
  return { ...rule, object: object.name, expression };
}
