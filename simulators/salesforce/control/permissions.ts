import { ControlError } from "./errors";
import { optionalText, textOf, type ControlRequest, type ControlRoute } from "./request";
import { readGrant, rightsOf, setRights } from "../access/direct-rights";
import { INTEGRATION_USERNAME } from "../org/clients";
import type { Org } from "../org/org";

/** `/__control/permissions`: give rights on an object and its fields to one user, or take them away. */
export const permissionRoutes: ControlRoute[] = [
  { method: "GET", path: "/permissions", handle: show },
  { method: "POST", path: "/permissions", handle: change },
];

/** What `?username=` may do with `?object=`, from profile and permission sets together. */
function show({ holder, query }: ControlRequest): unknown {
  const username = query.get("username") ?? INTEGRATION_USERNAME;
  const objectName = query.get("object");
  if (!objectName) throw new ControlError('"object" must be a text.');
  return answer(holder.org, username, objectName);
}

/** `{username?, object, read?, create?, edit?, delete?, fields?: {Name: {read?, edit?}}}`; the rest stays as it is. */
function change({ holder, body }: ControlRequest): unknown {
  const { org } = holder;
  const username = optionalText(body, "username") ?? INTEGRATION_USERNAME;
  const objectName = textOf(body, "object");
  try {
    setRights(org, userId(org, username), objectName, readGrant(body));
  } catch (error) {
    throw new ControlError(error instanceof Error ? error.message : String(error));
  }
  org.store.commit();
  return answer(org, username, objectName);
}

function answer(org: Org, username: string, objectName: string): unknown {
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
