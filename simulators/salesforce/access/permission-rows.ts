import { hashedId } from "./hashed-id";
import { permissionObject, type FieldRight, type ObjectRight } from "./user-access";
import type { Schema } from "../model/schema";
import type { Row, Value } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import type { Store } from "../org/store";

/** Where permission rows are written, and what they say of who wrote them and when. */
export interface PermissionWriter {
  schema: Schema;
  store: Store;
  userId: string;
  at: Date;
}

export interface WholeObjectRight extends ObjectRight {
  viewAll: boolean;
  modifyAll: boolean;
}

/** Writes a row of a permission object; its id depends on `key`, so that writing it again replaces it. */
export function putPermissionRow(
  writer: PermissionWriter,
  objectName: string,
  key: string,
  values: Readonly<Record<string, Value>>,
): string {
  const object = permissionObject(writer.schema, objectName);
  const id = hashedId(object.model.keyPrefix, key);
  putPermissionRowWithId(writer, objectName, id, values);
  return id;
}

export function putPermissionRowWithId(
  { schema, store, userId, at }: PermissionWriter,
  objectName: string,
  id: string,
  values: Readonly<Record<string, Value>>,
): void {
  const object = permissionObject(schema, objectName);
  const before = store.table(object).get(id);
  const now = salesforceDateTime(at);
  const audit: Record<string, Value> = {
    CreatedDate: before?.CreatedDate ?? now,
    CreatedById: before?.CreatedById ?? userId,
    LastModifiedDate: now,
    LastModifiedById: userId,
    SystemModstamp: now,
  };
  const known = Object.entries(audit).filter(([name]) => object.field(name));
  store.put(object, { IsDeleted: false, ...values, ...Object.fromEntries(known), Id: id });
}

/** @param before the set's row for this object, if it has one */
export function putObjectPermissions(
  writer: PermissionWriter,
  parentId: string,
  objectName: string,
  right: WholeObjectRight,
  before?: Row,
): void {
  const id = before ? String(before.Id) : hashedId("110", `${parentId} ${objectName}`);
  putPermissionRowWithId(writer, "ObjectPermissions", id, {
    ParentId: parentId,
    SobjectType: objectName,
    PermissionsCreate: right.create,
    PermissionsRead: right.read,
    PermissionsEdit: right.edit,
    PermissionsDelete: right.delete,
    PermissionsViewAllRecords: right.viewAll,
    PermissionsModifyAllRecords: right.modifyAll,
  });
}

/**
 * @param field `Account.Phone`
 * @param before the set's row for this field, if it has one
 */
export function putFieldPermissions(
  writer: PermissionWriter,
  parentId: string,
  field: string,
  right: FieldRight,
  before?: Row,
): void {
  const id = before ? String(before.Id) : hashedId("01k", `${parentId} ${field}`);
  putPermissionRowWithId(writer, "FieldPermissions", id, {
    ParentId: parentId,
    SobjectType: field.slice(0, field.indexOf(".")),
    Field: field,
    PermissionsEdit: right.edit,
    PermissionsRead: right.read,
  });
}

/** The rows of a permission set for objects or fields, by `account` or `account.phone` in lower case. */
export function permissionRows(
  { schema, store }: Pick<PermissionWriter, "schema" | "store">,
  objectName: "ObjectPermissions" | "FieldPermissions",
  parentId: string,
): Map<string, Row> {
  const object = permissionObject(schema, objectName);
  const parent = object.field("ParentId");
  const column = objectName === "ObjectPermissions" ? "SobjectType" : "Field";
  const rows = parent ? store.table(object).byParent(parent, parentId) : [];
  return new Map(rows.map((row) => [String(row[column]).toLowerCase(), row]));
}
