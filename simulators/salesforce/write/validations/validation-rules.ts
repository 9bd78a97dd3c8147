import { evaluateFormula } from "../../formula/evaluate";
import { rowError, type RowError } from "../../http/errors";
import type { Org } from "../../org/org";
import { isPersonContactEdit, type Change } from "../change";
import { formulaContext } from "../formula-context";

/**
 * Every rule of the object that the row breaks, in the admin's own words. Rules of Contact do not see the contacts of
 * person accounts; those of Account do, whichever side is edited.
 */
export function refusesByValidationRules(change: Change, org: Org): RowError[] {
  if (isPersonContactEdit(change)) return [];
  const rules = org.validationRules.filter((rule) => rule.object === change.object.name);
  if (rules.length === 0) return [];
  const context = formulaContext(org, change);
  return rules
    .filter((rule) => evaluateFormula(rule.expression, context) === true)
    .map((rule) =>
      rowError("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message, rule.errorField ? [rule.errorField] : []),
    );
}
