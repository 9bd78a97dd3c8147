import { rowError, type RowError } from "../../http/errors";
import type { Change } from "../change";

/** Values outside a restricted picklist; other picklists take any text. */
export function refusesUnknownPicklistValues(change: Change): RowError[] {
  const errors: RowError[] = [];
  for (const field of change.given) {
    const value = change.after[field.name];
    if (!field.restrictedPicklist || typeof value !== "string") continue;
    if (field.picklistValues.some((known) => known.toLowerCase() === value.toLowerCase())) continue;
    errors.push(
      rowError(
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        `${field.label}: bad value for restricted picklist field: ${value}`,
        [field.name],
      ),
    );
  }
  return errors;
}
