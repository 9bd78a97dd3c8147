import type { Change } from "./change";
import { refusesNullCheckboxes } from "./validations/checkbox";
import { refusesBadEmails } from "./validations/email";
import { refusesPersonFieldsOfBusiness, refusesReadOnlyFields } from "./validations/field-access";
import { refusesTooLongText } from "./validations/length";
import { refusesNumbersOutOfRange } from "./validations/number-range";
import { refusesMovingPersonContacts } from "./validations/person-contact";
import { refusesUnknownPicklistValues } from "./validations/picklist";
import { refusesBadReferences } from "./validations/references";
import { refusesMissingRequiredFields } from "./validations/required";
import { refusesDuplicateValues } from "./validations/unique";
import { refusesByValidationRules } from "./validations/validation-rules";
import type { RowError } from "../http/errors";
import type { Org } from "../org/org";

type Validation = (change: Change, org: Org) => RowError[];

/**
 * Stages in the order of a save (Apex developer guide, "Triggers and order of execution"): access, system validation,
 * the org's validation rules, unique keys at the database. A stage with errors ends the save with all of them.
 */
const STAGES: readonly (readonly Validation[])[] = [
  [refusesReadOnlyFields],
  [refusesPersonFieldsOfBusiness, refusesMovingPersonContacts],
  [refusesMissingRequiredFields],
  [
    refusesNullCheckboxes,
    refusesTooLongText,
    refusesBadEmails,
    refusesUnknownPicklistValues,
    refusesNumbersOutOfRange,
    refusesBadReferences,
  ],
  [refusesByValidationRules],
  [refusesDuplicateValues],
];

/** The errors of the first stage that has any; empty when the row may be saved. */
export function validate(change: Change, org: Org): RowError[] {
  for (const stage of STAGES) {
    const errors = stage.flatMap((validation) => validation(change, org));
    if (errors.length > 0) return errors;
  }
  return [];
}
