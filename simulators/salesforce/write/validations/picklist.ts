import { rowError, type RowError } from "../../http/errors";
import type { FieldModel } from "../../model/types";
import type { Change } from "../change";

/** Values outside a restricted picklist; other picklists take any text. A value that the row had already may stay. */
export function refusesUnknownPicklistValues(change: Change): RowError[] {
  const errors: RowError[] = [];
  for (const field of change.given) {
    const value = change.after[field.name];
    if (!field.restrictedPicklist || typeof value !== "string") continue;
    if (change.before?.[field.name] === value) continue;
    const parts = field.type === "multipicklist" ? value.split(";") : [value];
    const unknown = parts.find((part) => !isActiveValue(field, part));
    if (unknown === undefined) continue;
    errors.push(
      rowError(
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        `${field.label}: bad value for restricted picklist field: ${unknown}`,
        [field.name],
      ),
    );
  }
  return errors;
}

function isActiveValue(field: FieldModel, text: string): boolean {
  return field.picklistValues.some(({ value, isActive }) => isActive && value === text);
}
