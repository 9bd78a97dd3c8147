import { rowError, type RowError } from "../../http/errors";
import type { Change } from "../change";

/** Required fields that would be empty after the save, in one error that names them all. */
export function refusesMissingRequiredFields(change: Change): RowError[] {
  const missing = requiredNames(change).filter((name) => {
    const field = change.object.field(name);
    const isTouched = change.kind === "insert" || (field !== undefined && change.given.has(field));
    return isTouched && (change.after[name] ?? null) === null;
  });
  if (missing.length === 0) return [];
  return [
    rowError("REQUIRED_FIELD_MISSING", `Required fields are missing: [${missing.join(", ")}]`, missing),
  ];
}

/** What may not be empty; Name or LastName of an account by its kind, whatever describe says of both. */
function requiredNames(change: Change): string[] {
  const names = change.object.model.fields
    .filter((field) => !field.nillable && field.createable && field.type !== "boolean")
    .map((field) => field.name);
  if (change.object.name !== "Account") return names;
  const nameField = change.isPerson ? "LastName" : "Name";
  return [nameField, ...names.filter((name) => name !== nameField)];
}
