import type { UserAccess } from "./user-access";

export interface SetupRight {
  read: boolean;
  write: boolean;
}

interface Rule {
  /** User permissions, any of which lets a user see the rows. */
  see: readonly string[];
  change: readonly string[];
}

/** "Special access rules" of the permission objects (Object reference). */
const RULES: Readonly<Record<string, Rule>> = {
  PermissionSet: {
    see: ["ViewSetup", "AssignPermissionSets", "ManageProfilesPermissionsets"],
    change: ["ManageProfilesPermissionsets"],
  },
  PermissionSetAssignment: {
    see: ["ViewSetup", "AssignPermissionSets", "ManageUsers"],
    change: ["AssignPermissionSets"],
  },
  ObjectPermissions: { see: ["ViewSetup"], change: ["ManageProfilesPermissionsets"] },
  FieldPermissions: { see: ["ViewSetup"], change: ["ManageProfilesPermissionsets"] },
};

/** What user permissions allow of a setup object; all that the object itself allows where no rule is known. */
export function setupRight(objectName: string, { permissions }: UserAccess): SetupRight {
  const rule = RULES[objectName];
  if (!rule) return { read: true, write: true };
  const has = (name: string) => permissions.has(name);
  return { read: rule.see.some(has), write: rule.change.some(has) };
}
