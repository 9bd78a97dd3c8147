import { decidingField, isGoverned } from "./field-security";
import {
  permissionRows,
  putFieldPermissions,
  putObjectPermissions,
  type PermissionWriter,
} from "./permission-rows";
import type { FieldRight, ObjectRight } from "./user-access";
import type { SObject } from "../model/schema";
import type { Org } from "../org/org";

export interface Grant {
  object: Partial<ObjectRight>;
  /** By field name. */
  fields: Readonly<Record<string, Partial<FieldRight>>>;
}

const OBJECT_RIGHTS = ["read", "create", "edit", "delete"] as const;
const FIELD_RIGHTS = ["read", "edit"] as const;

/** @throws Error with a sentence when a right is neither true nor false */
export function readGrant(body: Readonly<Record<string, unknown>>): Grant {
  const given: unknown = body.fields ?? {};
  if (typeof given !== "object" || given === null) throw new Error('"fields" must be an object.');
  const fields = Object.entries(given).map(([name, right]: [string, unknown]) => {
    if (typeof right !== "object" || right === null) throw new Error(`"fields.${name}" must be an object.`);
    return [name, readRights({ ...right }, FIELD_RIGHTS)] as const;
  });
  return { object: readRights(body, OBJECT_RIGHTS), fields: Object.fromEntries(fields) };
}

function readRights<Name extends string>(
  from: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Partial<Record<Name, boolean>> {
  const rights: Partial<Record<Name, boolean>> = {};
  for (const name of names) {
    const value = from[name];
    if (value === undefined) continue;
    if (typeof value !== "boolean") throw new Error(`"${name}" must be true or false.`);
    rights[name] = value;
  }
  return rights;
}

/**
 * Changes what one user may do with an object and its fields, in the permission set of the user's profile and in every
 * set assigned to the user: what is taken away here is not granted by another set.
 * @throws Error with a sentence for an unknown object, one without object permissions, or a field that is always visible
 */
export function setRights(org: Org, userId: string, objectName: string, grant: Grant): void {
  const object = governedObject(org, objectName);
  const writer = { schema: org.schema, store: org.store, userId: org.setup.adminUserId, at: org.now() };
  const fields = Object.entries(grant.fields).map(([name, right]) => ({
    key: permissionField(org, object, name),
    right,
  }));
  const [own, ...others] = org.permissionSetIds(userId);
  if (own === undefined) throw new Error("The user has neither a profile nor a permission set.");
  for (const setId of [own, ...others]) {
    const isOwn = setId === own;
    changeObject(writer, setId, object.name, isOwn ? grant.object : onlyTakenAway(grant.object));
    for (const { key, right } of fields) {
      changeField(writer, setId, key, isOwn ? right : onlyTakenAway(right));
    }
  }
}

function onlyTakenAway<Right extends object>(right: Right): Partial<Right> {
  const taken = Object.entries(right).filter(([, value]) => value === false);
  return Object.fromEntries(taken) as Partial<Right>;
}

function changeObject(
  writer: PermissionWriter,
  setId: string,
  name: string,
  change: Partial<ObjectRight>,
): void {
  if (Object.keys(change).length === 0) return;
  const row = permissionRows(writer, "ObjectPermissions", setId).get(name.toLowerCase());
  const right = {
    read: change.read ?? row?.PermissionsRead === true,
    create: change.create ?? row?.PermissionsCreate === true,
    edit: change.edit ?? row?.PermissionsEdit === true,
    delete: change.delete ?? row?.PermissionsDelete === true,
    viewAll: row?.PermissionsViewAllRecords === true,
    modifyAll: row?.PermissionsModifyAllRecords === true,
  };
  putObjectPermissions(writer, setId, name, right, row);
}

function changeField(
  writer: PermissionWriter,
  setId: string,
  field: string,
  change: Partial<FieldRight>,
): void {
  if (Object.keys(change).length === 0) return;
  const row = permissionRows(writer, "FieldPermissions", setId).get(field.toLowerCase());
  const read = change.read ?? (change.edit === true || row?.PermissionsRead === true);
  const edit = read && (change.edit ?? row?.PermissionsEdit === true);
  putFieldPermissions(writer, setId, field, { read, edit }, row);
}

/** What a user may do with an object, from the user's view of it; undefined for an object that the org has not. */
export function rightsOf(org: Org, userId: string, objectName: string): object | undefined {
  const object = org.schema.find(objectName);
  if (!object) return undefined;
  const seen = org.schemaFor(userId).find(objectName);
  const fields = object.model.fields.map((field) => {
    const visible = seen?.field(field.name);
    return [field.name, { read: visible !== undefined, edit: visible?.updateable ?? false }] as const;
  });
  return {
    object: object.name,
    read: seen !== undefined,
    create: seen?.model.createable ?? false,
    edit: seen?.model.updateable ?? false,
    delete: seen?.model.deletable ?? false,
    fields: Object.fromEntries(fields),
  };
}

function governedObject(org: Org, name: string): SObject {
  const object = org.schema.find(name);
  if (!object) throw new Error(`There is no object "${name}" in this org.`);
  if (!isGoverned(object.model)) throw new Error(`${object.name} has no object permissions.`);
  return object;
}

/** `Account.BillingAddress` for Account and BillingCity, `Contact.Email` for Account and PersonEmail. */
function permissionField(org: Org, object: SObject, name: string): string {
  const field = object.field(name);
  if (!field) throw new Error(`Field ${name} does not exist on ${object.name}.`);
  const key = decidingField(org.schema, object, field);
  if (!key) throw new Error(`${object.name}.${field.name} is always visible.`);
  return `${key.object}.${key.field}`;
}
