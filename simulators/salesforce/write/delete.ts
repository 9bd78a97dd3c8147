import type { SaveResult } from "./save";
import type { Writer } from "./writer";
import { rowError } from "../http/errors";
import type { SObject } from "../model/schema";
import { salesforceDateTime } from "../org/clock";
import type { Org } from "../org/org";

/**
 * Moves a record to the recycle bin, with the children that a cascade takes along; lookups of other records to it
 * become empty. A person's contact goes with its account and cannot be deleted alone.
 */
export function deleteRow(org: Org, writer: Writer, object: SObject, id: string): SaveResult {
  const row = org.store.table(object).get(id);
  if (!row) return refusal("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  if (row.IsDeleted) return refusal("ENTITY_IS_DELETED", "entity is deleted");
  if (!object.model.deletable) {
    return refusal("INSUFFICIENT_ACCESS_OR_READONLY", `entity type cannot be deleted: ${object.model.label}`);
  }
  if (object.name === "Contact" && row.IsPersonAccount === true) {
    return refusal(
      "INVALID_PERSON_ACCOUNT_OPERATION",
      "cannot delete the contact of a person account: delete the account",
    );
  }
  remove(org, writer.userId, org.schema.find(object.name) ?? object, id);
  return { success: true, id, created: false };
}

function remove(org: Org, userId: string, object: SObject, id: string): void {
  const row = org.store.table(object).get(id);
  if (!row || row.IsDeleted) return;
  const at = salesforceDateTime(org.now());
  org.store.put(object, {
    ...row,
    IsDeleted: true,
    LastModifiedDate: at,
    LastModifiedById: userId,
    SystemModstamp: at,
  });
  for (const { child, field } of object.children) {
    if (!org.store.table(child).hasParentIndex(field)) continue;
    for (const childRow of org.store.table(child).byParent(field, id)) {
      if (field.cascadeDelete) remove(org, userId, child, String(childRow.Id));
      else org.store.put(child, { ...childRow, [field.name]: null });
    }
  }
}

function refusal(statusCode: string, message: string): SaveResult {
  return { success: false, errors: [rowError(statusCode, message)] };
}
