import { permissionSetId } from "./deploy-permission-set";
import type { Draft } from "./draft";
import type { PermissionSetSource } from "./permission-set-source";
import {
  putFieldPermissions,
  putObjectPermissions,
  putPermissionRowWithId,
  type PermissionWriter,
} from "../access/permission-rows";
import { permissionSetNamed } from "../access/permission-sets";
import { permissionObject } from "../access/user-access";
import { USER_PERMISSIONS } from "../model/permission-objects";
import type { Row } from "../model/types";
import type { Org } from "../org/org";
import { inTransaction } from "../org/transaction";
import { fillNewFields } from "../write/fill-new-fields";

const PERMISSION_ROWS = ["ObjectPermissions", "FieldPermissions"] as const;
const SET_ROWS = [...PERMISSION_ROWS, "PermissionSetAssignment"] as const;

/** Makes the org what the draft says, in one turn of the event loop; or, when that throws, leaves it as it was. */
export function applyDraft(org: Org, draft: Draft, userId: string): void {
  inTransaction(org, () => apply(org, draft, userId));
  org.onSettings();
}

function apply(org: Org, draft: Draft, userId: string): void {
  removeData(org, draft);
  if (draft.removedObjects.size > 0) org.undefine([...draft.removedObjects]);
  const before = org.schema;
  if (draft.changedModels.length > 0) org.define(draft.changedModels);
  fillNewFields(org, before);
  for (const name of draft.removedPermissionSets) removePermissionSet(org, name);
  const writer = { schema: org.schema, store: org.store, userId, at: org.now() };
  for (const source of draft.permissionSets.values()) putPermissionSet(org, writer, source);
  org.customTabs = draft.tabs;
}

/** Rows of removed objects, values of removed fields, and the permissions on both. */
function removeData(org: Org, draft: Draft): void {
  for (const name of draft.removedObjects) {
    const object = org.schema.find(name);
    if (!object) continue;
    for (const row of [...org.store.table(object).all()]) org.store.remove(object, String(row.Id));
    buryPermissions(org, (row) => row.SobjectType === name);
  }
  for (const { object: objectName, field } of draft.removedFields) {
    buryPermissions(org, (row) => row.Field === `${objectName}.${field}`);
    const object = org.schema.find(objectName);
    if (!object) continue;
    for (const row of [...org.store.table(object).all()]) {
      if (row[field] !== undefined) org.store.put(object, without(row, field));
    }
  }
}

function without(row: Row, field: string): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));
}

/** Marks rows as deleted: what a new org starts with would come back over a restart if they were gone. */
function buryPermissions(org: Org, isMeant: (row: Row) => boolean): void {
  for (const name of PERMISSION_ROWS) bury(org, name, isMeant);
}

function bury(org: Org, objectName: (typeof SET_ROWS)[number], isMeant: (row: Row) => boolean): void {
  const object = permissionObject(org.schema, objectName);
  for (const row of [...org.store.table(object).all()]) {
    if (!row.IsDeleted && isMeant(row)) org.store.put(object, { ...row, IsDeleted: true });
  }
}

function removePermissionSet(org: Org, name: string): void {
  const row = permissionSetNamed(org, name);
  if (!row) return;
  org.store.put(permissionObject(org.schema, "PermissionSet"), { ...row, IsDeleted: true });
  for (const objectName of SET_ROWS) bury(org, objectName, isOfSet(row.Id));
}

function isOfSet(setId: unknown): (row: Row) => boolean {
  return (row) => row.ParentId === setId || row.PermissionSetId === setId;
}

/** A deployed permission set is what its file says: what the file does not list is granted no longer. */
function putPermissionSet(org: Org, writer: PermissionWriter, source: PermissionSetSource): void {
  const existing = permissionSetNamed(org, source.name);
  const setId = existing ? String(existing.Id) : permissionSetId(source.name);
  const flags = Object.keys(USER_PERMISSIONS).map((name) => [
    `Permissions${name}`,
    source.userPermissions.includes(name),
  ]);
  putPermissionRowWithId(writer, "PermissionSet", setId, {
    Name: source.name,
    Label: source.label,
    Description: source.description,
    IsOwnedByProfile: false,
    IsCustom: true,
    HasActivationRequired: false,
    Type: "Regular",
    ...(Object.fromEntries(flags) as Record<string, boolean>),
  });
  buryPermissions(org, isOfSet(setId));
  for (const { object, right } of source.objects) {
    putObjectPermissions(writer, setId, org.schema.find(object)?.name ?? object, right);
  }
  for (const { field, right } of source.fields) {
    if (right.read) putFieldPermissions(writer, setId, canonicalField(org, field), right);
  }
}

/** The names as the schema writes them. */
function canonicalField(org: Org, text: string): string {
  const [objectName = "", fieldName = ""] = text.split(".");
  const object = org.schema.find(objectName);
  return `${object?.name ?? objectName}.${object?.field(fieldName)?.name ?? fieldName}`;
}
