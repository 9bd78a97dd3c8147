import { evaluateFormula } from "../../formula/evaluate";
import { rowError, type RowError } from "../../http/errors";
import type { Org } from "../../org/org";
import type { Change } from "../change";

/** Every rule of the object that the row breaks, in the admin's own words. */
export function refusesByValidationRules(change: Change, org: Org): RowError[] {
  return org.validationRules
    .filter((rule) => rule.object === change.object.name)
    .filter((rule) => evaluateFormula(rule.expression, change) === true)
    .map((rule) =>
      rowError("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message, rule.errorField ? [rule.errorField] : []),
    );
}
