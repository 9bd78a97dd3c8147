import { rowError, type RowError } from "../../http/errors";
import type { Change } from "../change";

const EARLIEST_DAY = "1700-01-01";
const LATEST_DAY = "4000-12-31";

/**
 * Dates and datetimes that Salesforce does not keep (SOQL and SOSL reference, "Date Formats and Date Literals", "Minimum
 * and Maximum Dates"); datetimes by their day in UTC. The wording is ours.
 */
export function refusesDatesOutOfRange(change: Change): RowError[] {
  const errors: RowError[] = [];
  for (const field of change.given) {
    const value = change.after[field.name];
    if ((field.type !== "date" && field.type !== "datetime") || typeof value !== "string") continue;
    const day = value.slice(0, EARLIEST_DAY.length);
    if (day >= EARLIEST_DAY && day <= LATEST_DAY) continue;
    errors.push(
      rowError("FIELD_INTEGRITY_EXCEPTION", `${field.label}: invalid date: ${value}`, [field.name]),
    );
  }
  return errors;
}
