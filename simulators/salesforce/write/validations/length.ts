import { rowError, type RowError } from "../../http/errors";
import type { FieldType } from "../../model/types";
import type { Change } from "../change";

const TEXT_TYPES = new Set<FieldType>([
  "string",
  "textarea",
  "picklist",
  "multipicklist",
  "combobox",
  "email",
  "phone",
  "url",
]);

/** Text longer than its field, named by the field's label. */
export function refusesTooLongText(change: Change): RowError[] {
  const errors: RowError[] = [];
  for (const field of change.given) {
    const value = change.after[field.name];
    if (TEXT_TYPES.has(field.type) && typeof value === "string" && value.length > field.length) {
      errors.push(
        rowError(
          "STRING_TOO_LONG",
          `${field.label}: data value too large: ${value} (max length=${field.length})`,
          [field.name],
        ),
      );
    }
  }
  return errors;
}
