import { rowError, type RowError } from "../../http/errors";
import type { Change } from "../change";

/** A checkbox is true or false; null is no value of its type. */
export function refusesNullCheckboxes(change: Change): RowError[] {
  return [...change.given]
    .filter((field) => field.type === "boolean" && (change.after[field.name] ?? null) === null)
    .map((field) =>
      rowError("INVALID_TYPE_ON_FIELD_IN_RECORD", `${field.label}: value not of required type: `, [
        field.name,
      ]),
    );
}
