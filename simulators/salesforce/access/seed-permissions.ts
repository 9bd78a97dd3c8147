import { grantObject } from "./grant";
import { putPermissionRow, type PermissionWriter } from "./permission-rows";
import { USER_PERMISSIONS } from "../model/permission-objects";
import type { SetupIds } from "../org/seed-setup-rows";

/** What the integration user starts with: all that the org has, or the API alone. */
export type IntegrationAccess = "full" | "minimal";

interface ProfileSeed {
  name: string;
  permissions: readonly string[];
  seesEverything: boolean;
}

const ADMINISTRATOR: ProfileSeed = {
  name: "System Administrator",
  permissions: Object.keys(USER_PERMISSIONS).filter((name) => name !== "ApiUserOnly"),
  seesEverything: true,
};

const INTEGRATION: Readonly<Record<IntegrationAccess, ProfileSeed>> = {
  full: { ...ADMINISTRATOR, name: "S-360 Integration" },
  /** The profile of users with a Salesforce Integration licence. */
  minimal: {
    name: "Minimum Access - API Only Integrations",
    permissions: ["ApiEnabled", "ApiUserOnly"],
    seesEverything: false,
  },
};

/**
 * Gives both users of a new org a profile, and the profile its permission set. The ids depend on names alone: rows of a
 * state file take the place of these, and what a later model adds is granted as in a new org.
 * @returns profile ids by user id
 */
export function seedPermissions(
  writer: PermissionWriter,
  setup: SetupIds,
  integrationAccess: IntegrationAccess,
): ReadonlyMap<string, string> {
  return new Map([
    [setup.adminUserId, assignProfile(writer, setup.adminUserId, ADMINISTRATOR)],
    [setup.integrationUserId, assignProfile(writer, setup.integrationUserId, INTEGRATION[integrationAccess])],
  ]);
}

function assignProfile(writer: PermissionWriter, userId: string, profile: ProfileSeed): string {
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
  if (profile.seesEverything) for (const object of writer.schema.objects) grantObject(writer, setId, object);
  const users = writer.schema.standard("User");
  const user = writer.store.table(users).get(userId);
  if (user) writer.store.put(users, { ...user, ProfileId: profileId });
  return profileId;
}
