import { ControlError } from "./errors";
import { optionalText, textOf, type ControlRequest, type ControlRoute } from "./request";
import { readGrant, rightsOf, setRights } from "../access/direct-rights";
import { readUserPermissions, setUserPermissions, userPermissionsOf } from "../access/user-permissions";
import { INTEGRATION_USERNAME } from "../org/clients";
import type { Org } from "../org/org";

const TAKEN = ["username", "object", "read", "create", "edit", "delete", "fields", "userPermissions"];

/** `/__control/permissions`: give rights on an object and its fields, or user permissions, to one user, or take them. */
export const permissionRoutes: ControlRoute[] = [
  { method: "GET", path: "/permissions", handle: show },
  { method: "POST", path: "/permissions", takes: TAKEN, handle: change },
];

/** What `?username=` may do with `?object=`, from profile and permission sets together. */
function show({ holder, query }: ControlRequest): unknown {
  const username = query.get("username") ?? INTEGRATION_USERNAME;
  const objectName = query.get("object");
  if (!objectName) throw new ControlError('"object" must be a text.');
  return answer(holder.org, username, objectName);
}

/**
 * `{username?, object, read?, create?, edit?, delete?, fields?: {Name: {read?, edit?}}}` and `{username?,
 * userPermissions: {BulkApiHardDelete?}}`, or both in one; the rest stays as it is.
 */
function change({ holder, body }: ControlRequest): unknown {
  const { org } = holder;
  const username = optionalText(body, "username") ?? INTEGRATION_USERNAME;
  const user = userId(org, username);
  const { userPermissions } = body;
  const objectName = userPermissions === undefined ? textOf(body, "object") : optionalText(body, "object");
  try {
    const grant = readGrant(body);
    const permissions = userPermissions === undefined ? undefined : readUserPermissions(userPermissions);
    if (objectName !== undefined) setRights(org, user, objectName, grant);
    if (permissions) setUserPermissions(org, user, permissions);
  } catch (error) {
    throw new ControlError(error instanceof Error ? error.message : String(error));
  }
  org.store.commit();
  return {
    ...(objectName === undefined ? { username } : answer(org, username, objectName)),
    ...(userPermissions === undefined ? {} : { userPermissions: userPermissionsOf(org, user) }),
  };
}

function answer(org: Org, username: string, objectName: string): object {
  const rights = rightsOf(org, userId(org, username), objectName);
  if (!rights) throw new ControlError(`There is no object "${objectName}" in this org.`);
  return { username, ...rights };
}

function userId(org: Org, username: string): string {
  const users = org.schema.standard("User");
  for (const row of org.store.table(users).all()) {
    if (row.Username === username && !row.IsDeleted) return String(row.Id);
  }
  throw new ControlError(`There is no user "${username}" in this org.`);
}
