import { auditFields } from "./common-fields";
import { checkbox, picklist, picklistValue, READ_ONLY, recordId, reference, text } from "./field-builders";
import type { FieldModel, ObjectModel } from "./types";

/**
 * User permissions that matter to this org, by the name that metadata and `Permissions…` fields use, with their labels
 * in setup (Object reference, "PermissionSet").
 */
export const USER_PERMISSIONS: Readonly<Record<string, string>> = {
  ApiEnabled: "API Enabled",
  ApiUserOnly: "Api Only User",
  AssignPermissionSets: "Assign Permission Sets",
  AuthorApex: "Author Apex",
  BulkApiHardDelete: "Bulk API Hard Delete",
  CustomizeApplication: "Customize Application",
  EditReadonlyFields: "Edit Read Only Fields",
  ManageDataIntegrations: "Manage Data Integrations",
  ManageInternalUsers: "Manage Internal Users",
  ManageProfilesPermissionsets: "Manage Profiles and Permission Sets",
  ManageUsers: "Manage Users",
  ModifyAllData: "Modify All Data",
  ModifyMetadata: "Modify Metadata Through Metadata API Functions",
  PasswordNeverExpires: "Password Never Expires",
  TransferAnyEntity: "Transfer Record",
  ViewAllData: "View All Data",
  ViewAllUsers: "View All Users",
  ViewRoles: "View Roles and Role Hierarchy",
  ViewSetup: "View Setup and Configuration",
};

const SETUP_OBJECT = {
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  mergeable: false,
  layoutable: false,
  searchable: false,
  triggerable: false,
  recordTypes: [],
};
const FIXED = { ...READ_ONLY, nillable: false };
const SET_TYPES = [picklistValue("Regular", "Regular", { isDefault: true }), picklistValue("Profile")];
const ONLY_ON_CREATE = { updateable: false, nillable: false };

/** `0PS…` rows hang together: a set with its assignments, object and field permissions goes as one. */
function parentSet(childRelationshipName: string): FieldModel {
  return reference("ParentId", "Parent ID", "PermissionSet", "Parent", {
    ...ONLY_ON_CREATE,
    cascadeDelete: true,
    childRelationshipName,
  });
}

function permissionFields(extra: Partial<FieldModel>): FieldModel[] {
  return Object.entries(USER_PERMISSIONS).map(([name, label]) =>
    checkbox(`Permissions${name}`, label, { groupable: false, ...extra }),
  );
}

const PROFILE: ObjectModel = {
  ...SETUP_OBJECT,
  name: "Profile",
  label: "Profile",
  labelPlural: "Profile",
  keyPrefix: "00e",
  createable: false,
  updateable: false,
  deletable: false,
  fields: [
    recordId("Profile ID"),
    text("Name", "Name", 255, { ...FIXED, nameField: true, idLookup: true }),
    ...permissionFields(READ_ONLY),
    picklist("UserType", "User Type", 40, [], READ_ONLY),
    text("Description", "Description", 255, READ_ONLY),
    ...auditFields(),
  ],
};

const PERMISSION_SET: ObjectModel = {
  ...SETUP_OBJECT,
  name: "PermissionSet",
  label: "Permission Set",
  labelPlural: "Permission Set",
  keyPrefix: "0PS",
  fields: [
    recordId("PermissionSet ID"),
    text("Name", "API Name", 80, { nillable: false, nameField: true }),
    text("Label", "Permission Set Name", 80, { nillable: false }),
    reference("ProfileId", "Profile ID", "Profile", "Profile", READ_ONLY),
    checkbox("IsOwnedByProfile", "Is Owned By Profile", READ_ONLY),
    checkbox("IsCustom", "Custom", { ...READ_ONLY, defaultValue: true }),
    checkbox("HasActivationRequired", "Session Activation Required", READ_ONLY),
    picklist("Type", "Type", 40, SET_TYPES, READ_ONLY),
    text("Description", "Description", 255),
    text("NamespacePrefix", "Namespace Prefix", 15, READ_ONLY),
    ...permissionFields({}),
    ...auditFields(),
  ],
};

const PERMISSION_SET_ASSIGNMENT: ObjectModel = {
  ...SETUP_OBJECT,
  name: "PermissionSetAssignment",
  label: "Permission Set Assignment",
  labelPlural: "Permission Set Assignment",
  keyPrefix: "0Pa",
  updateable: false,
  fields: [
    recordId("PermissionSetAssignment ID"),
    reference("PermissionSetId", "PermissionSet ID", "PermissionSet", "PermissionSet", {
      ...ONLY_ON_CREATE,
      cascadeDelete: true,
      childRelationshipName: "Assignments",
    }),
    reference("AssigneeId", "Assignee ID", "User", "Assignee", {
      ...ONLY_ON_CREATE,
      childRelationshipName: "PermissionSetAssignments",
    }),
    checkbox("IsActive", "Active", { ...READ_ONLY, defaultValue: true }),
    ...auditFields().filter(({ name }) => name === "SystemModstamp"),
  ],
};

const OBJECT_PERMISSIONS: ObjectModel = {
  ...SETUP_OBJECT,
  name: "ObjectPermissions",
  label: "Object Permissions",
  labelPlural: "Object Permissions",
  keyPrefix: "110",
  fields: [
    recordId("Object Permissions ID"),
    parentSet("ObjectPerms"),
    picklist("SobjectType", "Object Type Name", 40, [], ONLY_ON_CREATE),
    checkbox("PermissionsCreate", "Create Records"),
    checkbox("PermissionsRead", "Read Records"),
    checkbox("PermissionsEdit", "Edit Records"),
    checkbox("PermissionsDelete", "Delete Records"),
    checkbox("PermissionsViewAllRecords", "Read All Records"),
    checkbox("PermissionsModifyAllRecords", "Edit All Records"),
    ...auditFields(),
  ],
};

const FIELD_PERMISSIONS: ObjectModel = {
  ...SETUP_OBJECT,
  name: "FieldPermissions",
  label: "Field Permissions",
  labelPlural: "Field Permissions",
  keyPrefix: "01k",
  fields: [
    recordId("Field Permissions ID"),
    parentSet("FieldPerms"),
    picklist("SobjectType", "SObject Type Name", 40, [], ONLY_ON_CREATE),
    picklist("Field", "Field Name", 4000, [], ONLY_ON_CREATE),
    checkbox("PermissionsEdit", "Edit Field"),
    checkbox("PermissionsRead", "Read Field"),
    ...auditFields().filter(({ name }) => name === "SystemModstamp"),
  ],
};

/** Profiles, permission sets, who has them and what they grant (Object reference). */
export const PERMISSION_OBJECTS: readonly ObjectModel[] = [
  PROFILE,
  PERMISSION_SET,
  PERMISSION_SET_ASSIGNMENT,
  OBJECT_PERMISSIONS,
  FIELD_PERMISSIONS,
];
