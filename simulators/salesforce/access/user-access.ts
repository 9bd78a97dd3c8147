import { USER_PERMISSIONS } from "../model/permission-objects";
import type { Schema, SObject } from "../model/schema";
import type { Row } from "../model/types";
import type { Store } from "../org/store";

export interface ObjectRight {
  read: boolean;
  create: boolean;
  edit: boolean;
  delete: boolean;
}

export interface FieldRight {
  read: boolean;
  edit: boolean;
}

/** What a user may do: the sum of the profile's permission set and of all assigned ones. */
export interface UserAccess {
  /** By object name in lower case. */
  objects: Map<string, ObjectRight>;
  /** By `object.field` in lower case. */
  fields: Map<string, FieldRight>;
  /** Names as in metadata, `ApiEnabled`. */
  permissions: Set<string>;
  /** Ids of the permission sets that it all comes from, that of the profile first. */
  setIds: string[];
}

/**
 * Reads a user's rights from the rows of the permission objects.
 * @param firstProfileId of a user whose row, from an older state file, names none
 */
export function accessOf(
  schema: Schema,
  store: Store,
  userId: string,
  firstProfileId: string | undefined,
): UserAccess {
  const access: UserAccess = { objects: new Map(), fields: new Map(), permissions: new Set(), setIds: [] };
  const profileId = store.table(schema.standard("User")).get(userId)?.ProfileId ?? firstProfileId;
  for (const set of permissionSetsOf(schema, store, userId, profileId)) addSet(schema, store, set, access);
  return access;
}

/** The set of the user's profile, and those assigned. */
function permissionSetsOf(schema: Schema, store: Store, userId: string, profileId: unknown): Row[] {
  const sets = liveRows(schema, store, "PermissionSet");
  const assigned = new Set<unknown>();
  for (const row of liveRows(schema, store, "PermissionSetAssignment")) {
    if (row.AssigneeId === userId) assigned.add(row.PermissionSetId);
  }
  const isOfProfile = (set: Row) => set.IsOwnedByProfile === true && set.ProfileId === profileId;
  return [...sets.filter(isOfProfile), ...sets.filter((set) => assigned.has(set.Id) && !isOfProfile(set))];
}

function addSet(schema: Schema, store: Store, set: Row, access: UserAccess): void {
  access.setIds.push(String(set.Id));
  for (const name of Object.keys(USER_PERMISSIONS)) {
    if (set[`Permissions${name}`] === true) access.permissions.add(name);
  }
  for (const row of childRows(schema, store, "ObjectPermissions", set)) {
    const key = String(row.SobjectType).toLowerCase();
    const right = access.objects.get(key);
    access.objects.set(key, {
      read: row.PermissionsRead === true || right?.read === true,
      create: row.PermissionsCreate === true || right?.create === true,
      edit: row.PermissionsEdit === true || right?.edit === true,
      delete: row.PermissionsDelete === true || right?.delete === true,
    });
  }
  for (const row of childRows(schema, store, "FieldPermissions", set)) {
    const key = String(row.Field).toLowerCase();
    const right = access.fields.get(key);
    access.fields.set(key, {
      read: row.PermissionsRead === true || right?.read === true,
      edit: row.PermissionsEdit === true || right?.edit === true,
    });
  }
}

function childRows(schema: Schema, store: Store, name: string, set: Row): Row[] {
  const object = permissionObject(schema, name);
  const parent = object.field("ParentId");
  return parent ? store.table(object).byParent(parent, String(set.Id)) : [];
}

function liveRows(schema: Schema, store: Store, name: string): Row[] {
  return [...store.table(permissionObject(schema, name)).all()].filter((row) => !row.IsDeleted);
}

/** An object that every org has to keep permissions in. */
export function permissionObject(schema: Schema, name: string): SObject {
  const object = schema.find(name);
  if (!object) throw new Error(`The schema has no ${name}.`);
  return object;
}
