import { rowError, type RowError } from "../../http/errors";
import type { FieldModel } from "../../model/types";
import type { Org } from "../../org/org";
import type { Change } from "../change";

/** Required fields that would be empty after the save, in one error that names them all. */
export function refusesMissingRequiredFields(change: Change, org: Org): RowError[] {
  const missing = requiredNames(change, org).filter((name) => {
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
function requiredNames(change: Change, org: Org): string[] {
  const names = change.object.model.fields
    .filter((field) => isRequired(field) || (change.isPerson && isRequiredOfContact(field, org)))
    .map((field) => field.name);
  if (change.object.name !== "Account") return names;
  const nameField = change.isPerson ? "LastName" : "Name";
  return [nameField, ...names.filter((name) => name !== nameField)];
}

function isRequired(field: FieldModel): boolean {
  return !field.nillable && field.createable && field.type !== "boolean";
}

/** A custom field that every contact must have, as a person account shows it. */
function isRequiredOfContact({ mirrors, custom }: FieldModel, org: Org): boolean {
  const contactField = mirrors !== null && custom ? org.schema.standard("Contact").field(mirrors) : undefined;
  return contactField !== undefined && isRequired(contactField);
}
