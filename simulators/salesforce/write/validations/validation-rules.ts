import { evaluateFormula } from "../../formula/evaluate";
import type { Expression } from "../../formula/parse";
import { rowError, type RowError } from "../../http/errors";
import type { Org } from "../../org/org";
import type { Change } from "../change";

/** An admin's rule: the row is refused with `message` when the formula is true of it. */
export interface ValidationRule {
  id: string;
  object: string;
  formula: string;
  expression: Expression;
  message: string;
  /** The field that the message stands at; without it the message stands at the top of the page. */
  errorField?: string;
}

/** Every rule of the object that the row breaks, in the admin's own words. */
export function refusesByValidationRules(change: Change, org: Org): RowError[] {
  return org.validationRules
    .filter((rule) => rule.object === change.object.name)
    .filter((rule) => evaluateFormula(rule.expression, change) === true)
    .map((rule) =>
      rowError("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message, rule.errorField ? [rule.errorField] : []),
    );
}
