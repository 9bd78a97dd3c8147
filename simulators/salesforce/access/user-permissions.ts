import { putPermissionRowWithId, type PermissionWriter } from "./permission-rows";
import { permissionObject } from "./user-access";
import { USER_PERMISSIONS } from "../model/permission-objects";
import type { Org } from "../org/org";

/** User permissions to give or to take, by their names in metadata: `BulkApiHardDelete`. */
export type UserPermissions = Readonly<Record<string, boolean>>;

/** @throws Error with a sentence for a name that this org does not know, and a value that is neither true nor false */
export function readUserPermissions(given: unknown): UserPermissions {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new Error('"userPermissions" must be an object.');
  }
  const entries = Object.entries(given).map(([name, value]: [string, unknown]) => {
    if (!Object.hasOwn(USER_PERMISSIONS, name)) throw new Error(`There is no user permission "${name}".`);
    if (typeof value !== "boolean") throw new Error(`"userPermissions.${name}" must be true or false.`);
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

/**
 * Changes a user's permissions, in the user's profile with its permission set, and takes away also from every set
 * assigned to the user: what is taken away here is not granted by another set.
 * @throws Error with a sentence for a user without a profile or permission set
 */
export function setUserPermissions(org: Org, userId: string, change: UserPermissions): void {
  const writer = { schema: org.schema, store: org.store, userId: org.setup.adminUserId, at: org.now() };
  const [own, ...others] = org.permissionSetIds(userId);
  if (own === undefined) throw new Error("The user has neither a profile nor a permission set.");
  const taken = Object.fromEntries(Object.entries(change).filter(([, value]) => !value));
  changeFlags(writer, "PermissionSet", own, change);
  for (const setId of others) changeFlags(writer, "PermissionSet", setId, taken);
  const profileId = org.store.table(permissionObject(org.schema, "PermissionSet")).get(own)?.ProfileId;
  if (typeof profileId === "string") changeFlags(writer, "Profile", profileId, change);
}

/** Which user permissions a user has, from profile and permission sets together. */
export function userPermissionsOf(org: Org, userId: string): UserPermissions {
  return Object.fromEntries(Object.keys(USER_PERMISSIONS).map((name) => [name, org.userMay(userId, name)]));
}

function changeFlags(
  writer: PermissionWriter,
  objectName: "PermissionSet" | "Profile",
  id: string,
  change: UserPermissions,
): void {
  const row = writer.store.table(permissionObject(writer.schema, objectName)).get(id);
  if (!row) return;
  const flags = Object.entries(change).map(([name, value]) => [`Permissions${name}`, value] as const);
  if (flags.length > 0) {
    putPermissionRowWithId(writer, objectName, id, { ...row, ...Object.fromEntries(flags) });
  }
}
