import { grantObject, grantStandardObject } from "./grant";
import { putPermissionRow, type PermissionWriter } from "./permission-rows";
import { USER_PERMISSIONS } from "../model/permission-objects";
import type { SetupIds } from "../org/seed-setup-rows";

/** What the integration user starts with: all that the org has, or the API alone. */
export type IntegrationAccess = "full" | "minimal";

interface ProfileSeed {
  name: string;
  permissions: readonly string[];
  /** What its users may do with objects and their fields. */
  data: "everything" | "standard objects" | "nothing";
}

/** "Bulk API Hard Delete" is off until it is granted, for administrators too (Bulk API 2.0 guide, "Create a Job"). */
const NOT_OF_ADMINISTRATORS = ["ApiUserOnly", "BulkApiHardDelete"];

const ADMINISTRATOR: ProfileSeed = {
  name: "System Administrator",
  permissions: Object.keys(USER_PERMISSIONS).filter((name) => !NOT_OF_ADMINISTRATORS.includes(name)),
  data: "everything",
};

/** What people of the org would have; nobody of the two first users does. */
const STANDARD_USER: ProfileSeed = {
  name: "Standard User",
  permissions: ["ApiEnabled", "ViewRoles", "ViewSetup"],
  data: "standard objects",
};

const INTEGRATION: Readonly<Record<IntegrationAccess, ProfileSeed>> = {
  full: { ...ADMINISTRATOR, name: "S-360 Integration" },
  /** The profile of users with a Salesforce Integration licence. */
  minimal: {
    name: "Minimum Access - API Only Integrations",
    permissions: ["ApiEnabled", "ApiUserOnly"],
    data: "nothing",
  },
};

/**
 * Writes the profiles of a new org with their permission sets, and gives both its users one. The ids depend on names alone: rows of a
 * state file take the place of these, and what a later model adds is granted as in a new org.
 * @returns profile ids by user id
 */
export function seedPermissions(
  writer: PermissionWriter,
  setup: SetupIds,
  integrationAccess: IntegrationAccess,
): ReadonlyMap<string, string> {
  putProfile(writer, STANDARD_USER);
  return new Map([
    [setup.adminUserId, assignProfile(writer, setup.adminUserId, ADMINISTRATOR)],
    [setup.integrationUserId, assignProfile(writer, setup.integrationUserId, INTEGRATION[integrationAccess])],
  ]);
}

function assignProfile(writer: PermissionWriter, userId: string, profile: ProfileSeed): string {
  const profileId = putProfile(writer, profile);
  const users = writer.schema.standard("User");
  const user = writer.store.table(users).get(userId);
  if (user) writer.store.put(users, { ...user, ProfileId: profileId });
  return profileId;
}

function putProfile(writer: PermissionWriter, profile: ProfileSeed): string {
  const flags = Object.fromEntries(
    Object.keys(USER_PERMISSIONS).map((name) => [`Permissions${name}`, profile.permissions.includes(name)]),
  );
  const profileId = putPermissionRow(writer, "Profile", profile.name, {
    Name: profile.name,
    UserType: "Standard",
    ...flags,
  });
  const setId = putPermissionRow(writer, "PermissionSet", `profile ${profile.name}`, {
    Name: `X${profileId}`,
    Label: profileId,
    ProfileId: profileId,
    IsOwnedByProfile: true,
    IsCustom: false,
    HasActivationRequired: false,
    Type: "Profile",
    ...flags,
  });
  for (const object of writer.schema.objects) {
    if (profile.data === "everything") grantObject(writer, setId, object);
    else if (profile.data === "standard objects") grantStandardObject(writer, setId, object);
  }
  return profileId;
}
