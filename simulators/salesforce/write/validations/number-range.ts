import { rowError, type RowError } from "../../http/errors";
import type { FieldModel } from "../../model/types";
import type { Change } from "../change";

/** Numbers with more digits before the point than their field has. */
export function refusesNumbersOutOfRange(change: Change): RowError[] {
  const errors: RowError[] = [];
  for (const field of change.given) {
    const value = change.after[field.name];
    if (typeof value !== "number" || Math.abs(value) < 10 ** digitsBeforePoint(field)) continue;
    errors.push(
      rowError(
        "NUMBER_OUTSIDE_VALID_RANGE",
        `${field.label}: value outside of valid range on numeric field: ${value}`,
        [field.name],
      ),
    );
  }
  return errors;
}

function digitsBeforePoint(field: FieldModel): number {
  return field.type === "int" ? field.digits : field.precision - field.scale;
}
