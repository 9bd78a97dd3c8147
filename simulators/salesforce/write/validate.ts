import type { Change } from "./change";
import { refusesNullCheckboxes } from "./validations/checkbox";
import { refusesDatesOutOfRange } from "./validations/date-range";
import { refusesBadEmails } from "./validations/email";
import {
  refusesInvisibleReferences,
  refusesPersonFieldsOfBusiness,
  refusesReadOnlyFields,
} from "./validations/field-access";
import { refusesCircles } from "./validations/hierarchy";
import { refusesTooLongText } from "./validations/length";
import { refusesNumbersOutOfRange } from "./validations/number-range";
import { refusesMovingPersonContacts } from "./validations/person-contact";
import { refusesBadPermissionRows } from "./validations/permission-rows";
import { refusesPeopleInHierarchies } from "./validations/person-hierarchy";
import { refusesUnknownPicklistValues } from "./validations/picklist";
import { refusesBadReferences } from "./validations/references";
import { refusesMissingRequiredFields } from "./validations/required";
import { refusesUnknownCountriesAndStates } from "./validations/state-country";
import { refusesDuplicateValues } from "./validations/unique";
import { refusesByValidationRules } from "./validations/validation-rules";
import { refusesDuplicateRecords } from "../duplicates/refuse-duplicates";
import type { RowError } from "../http/errors";
import type { Org } from "../org/org";

type Validation = (change: Change, org: Org) => RowError[];

type Stages = readonly (readonly Validation[])[];

/** What the caller may write at all, before any automation runs. A stage with errors ends the save with all of them. */
const ACCESS_STAGES: Stages = [
  [refusesReadOnlyFields],
  [refusesPersonFieldsOfBusiness, refusesMovingPersonContacts],
  [refusesInvisibleReferences],
];

/**
 * Stages in the order of a save (Apex developer guide, "Triggers and order of execution"): system validation, the org's
 * validation rules, duplicate rules, unique keys at the database.
 */
const VALUE_STAGES: Stages = [
  [refusesMissingRequiredFields],
  [refusesUnknownCountriesAndStates],
  [
    refusesNullCheckboxes,
    refusesTooLongText,
    refusesBadEmails,
    refusesUnknownPicklistValues,
    refusesNumbersOutOfRange,
    refusesDatesOutOfRange,
    refusesBadReferences,
  ],
  [refusesPeopleInHierarchies],
  [refusesCircles],
  [refusesBadPermissionRows],
  [refusesByValidationRules],
  [refusesDuplicateRecords],
  [refusesDuplicateValues],
];

/** Whether this caller may write these fields; empty when nothing is refused. */
export function validateAccess(change: Change, org: Org): RowError[] {
  return errorsOfFirstStage(ACCESS_STAGES, change, org);
}

/** Whether the row may be saved as it is after before-save automations; empty when it may. */
export function validateValues(change: Change, org: Org): RowError[] {
  return errorsOfFirstStage(VALUE_STAGES, change, org);
}

function errorsOfFirstStage(stages: Stages, change: Change, org: Org): RowError[] {
  for (const stage of stages) {
    const errors = stage.flatMap((validation) => validation(change, org));
    if (errors.length > 0) return errors;
  }
  return [];
}
