import { rowError, type RowError } from "../../http/errors";
import type { FieldModel } from "../../model/types";
import { normaliseId } from "../../org/ids";
import type { Org } from "../../org/org";
import type { Change } from "../change";

/** Lookups whose id is none, is of another object, is unknown, or belongs to a deleted record. */
export function refusesBadReferences(change: Change, org: Org): RowError[] {
  const errors: RowError[] = [];
  for (const field of change.given) {
    const value = change.after[field.name];
    if (field.type !== "reference" || typeof value !== "string") continue;
    const error = referenceError(field, value, change, org);
    if (error) errors.push(error);
  }
  return errors;
}

function referenceError(field: FieldModel, id: string, change: Change, org: Org): RowError | undefined {
  const target = org.schema.ofId(id);
  if (normaliseId(id) !== id || !target || !field.referenceTo.includes(target.name)) {
    return rowError("MALFORMED_ID", `${field.label}: id value of incorrect type: ${id}`, [field.name]);
  }
  const row = org.store.table(target).get(id);
  if (!row) return rowError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  if (row.IsDeleted) return rowError("ENTITY_IS_DELETED", "entity is deleted");
  if (field.name === "RecordTypeId" && row.SobjectType !== change.object.name) {
    return rowError(
      "INVALID_CROSS_REFERENCE_KEY",
      `${field.label}: this ID value isn't valid for the user: ${id}`,
      [field.name],
    );
  }
  if (target.name === "User" && row.IsActive !== true) {
    return rowError(
      "INACTIVE_OWNER_OR_USER",
      "operation performed with inactive user [" + id.slice(0, 15) + "]",
    );
  }
  const isOwnContact = change.object.name === "Contact" && change.after.IsPersonAccount !== true;
  if (isOwnContact && field.name === "AccountId" && row.IsPersonAccount === true) {
    return rowError(
      "FIELD_INTEGRITY_EXCEPTION",
      "A person account cannot have contacts of its own: choose a business account: Account ID",
      [field.name],
    );
  }
  return undefined;
}
