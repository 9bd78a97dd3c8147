import { isSameSecret } from "./secrets";
import type { Row } from "../model/types";
import type { Org } from "../org/org";

/** The id of the active user with this name; undefined when there is none. */
export function activeUserId(org: Org, username: string): string | undefined {
  const users = org.schema.standard("User");
  const field = users.field("Username");
  const user = field && org.store.table(users).byKey(field, username)[0];
  return user?.IsActive === true ? String(user.Id) : undefined;
}

/** The id of the active user who signs in with this name and password. */
export function signedInUserId(org: Org, username: string, password: string): string | undefined {
  const userId = activeUserId(org, username.trim());
  return isSameSecret(org.options.userPassword, password) ? userId : undefined;
}

export function userRow(org: Org, userId: string): Row | undefined {
  return org.store.table(org.schema.standard("User")).get(userId);
}

export function isActiveUser(org: Org, userId: string): boolean {
  return userRow(org, userId)?.IsActive === true;
}

/** The identity URL of a user: what a token answer calls `id`. */
export function identityUrl(org: Org, userId: string, origin: string): string {
  return `${origin}/id/${org.setup.organizationId}/${userId}`;
}
