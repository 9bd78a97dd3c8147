import { decidingField, isGoverned } from "../../access/field-security";
import { missingRight } from "../../access/permission-dependencies";
import { permissionRows } from "../../access/permission-rows";
import { rowError, type RowError } from "../../http/errors";
import type { Row } from "../../model/types";
import type { Org } from "../../org/org";
import type { Change } from "../change";

const API_NAME = /^[A-Za-z](?!.*__)[A-Za-z0-9_]*(?<!_)$/;

type Check = (change: Change, org: Org) => RowError | undefined;

const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  PermissionSet: [profileSet, apiName, takenName],
  PermissionSetAssignment: [profileAssignment, repeatedAssignment],
  ObjectPermissions: [objectType, repeatedPermission, objectDependency],
  FieldPermissions: [fieldName, repeatedPermission, editWithoutRead],
};

/** Rows of permission sets that make no sense (Object reference, PermissionSet and its child objects). */
export function refusesBadPermissionRows(change: Change, org: Org): RowError[] {
  for (const check of CHECKS[change.object.name] ?? []) {
    const error = check(change, org);
    if (error) return [error];
  }
  return [];
}

function profileSet({ before }: Change): RowError | undefined {
  if (before?.IsOwnedByProfile !== true) return undefined;
  return rowError(
    "INSUFFICIENT_ACCESS_OR_READONLY",
    "A permission set that is owned by a profile is changed through the profile",
  );
}

function apiName({ after }: Change): RowError | undefined {
  if (API_NAME.test(String(after.Name))) return undefined;
  return rowError(
    "FIELD_INTEGRITY_EXCEPTION",
    "The API Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.",
    ["Name"],
  );
}

function takenName({ object, after }: Change, org: Org): RowError | undefined {
  const name = String(after.Name).toLowerCase();
  const holder = liveRows(org, object.name).find(
    (row) => String(row.Name).toLowerCase() === name && row.Id !== after.Id,
  );
  return holder && duplicate(`Name duplicates value on record with id: ${String(holder.Id).slice(0, 15)}`);
}

function profileAssignment({ after }: Change, org: Org): RowError | undefined {
  const set = permissionSet(org, after.PermissionSetId);
  if (set?.IsOwnedByProfile !== true) return undefined;
  return rowError(
    "FIELD_INTEGRITY_EXCEPTION",
    "PermissionSet ID: a permission set that is owned by a profile cannot be assigned",
    ["PermissionSetId"],
  );
}

function repeatedAssignment({ object, after }: Change, org: Org): RowError | undefined {
  const isRepeated = liveRows(org, object.name).some(
    (row) => row.AssigneeId === after.AssigneeId && row.PermissionSetId === after.PermissionSetId,
  );
  if (!isRepeated) return undefined;
  return rowError(
    "DUPLICATE_VALUE",
    `Duplicate PermissionSetAssignment. Assignee: ${String(after.AssigneeId).slice(0, 15)}; Permission Set: ${String(after.PermissionSetId).slice(0, 15)}`,
  );
}

function objectType({ after }: Change, org: Org): RowError | undefined {
  const object = org.schema.find(String(after.SobjectType));
  if (object && isGoverned(object.model)) return undefined;
  return badValue("Object Type Name", "SobjectType", after.SobjectType);
}

function objectDependency({ after }: Change): RowError | undefined {
  const message = missingRight(String(after.SobjectType), {
    read: after.PermissionsRead === true,
    create: after.PermissionsCreate === true,
    edit: after.PermissionsEdit === true,
    delete: after.PermissionsDelete === true,
    viewAll: after.PermissionsViewAllRecords === true,
    modifyAll: after.PermissionsModifyAllRecords === true,
  });
  return message === undefined ? undefined : rowError("FIELD_INTEGRITY_EXCEPTION", message);
}

/** Only a field that field-level security decides over, named with its object: `Account.Phone`. */
function fieldName({ after }: Change, org: Org): RowError | undefined {
  const [objectName = "", name = ""] = String(after.Field).split(".");
  const object = org.schema.find(objectName);
  const field = object?.field(name);
  const key = object && field && isGoverned(object.model) && decidingField(org.schema, object, field);
  if (!key || key.object !== object.name || key.field !== field.name) {
    return badValue("Field Name", "Field", after.Field);
  }
  return after.SobjectType === object.name
    ? undefined
    : badValue("SObject Type Name", "SobjectType", after.SobjectType);
}

function repeatedPermission({ kind, object, after }: Change, org: Org): RowError | undefined {
  if (kind === "update") return undefined;
  const isOfObject = object.name === "ObjectPermissions";
  const rows = permissionRows(
    org,
    isOfObject ? "ObjectPermissions" : "FieldPermissions",
    String(after.ParentId),
  );
  const name = String(isOfObject ? after.SobjectType : after.Field).toLowerCase();
  return rows.has(name) ? duplicate("<unknown> duplicates value on record with id: <unknown>") : undefined;
}

function editWithoutRead({ after }: Change): RowError | undefined {
  if (after.PermissionsEdit !== true || after.PermissionsRead === true) return undefined;
  return rowError(
    "FIELD_INTEGRITY_EXCEPTION",
    `Permission Edit ${String(after.Field)} depends on permission(s): Read ${String(after.Field)}`,
  );
}

function badValue(label: string, field: string, value: unknown): RowError {
  return rowError(
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    `${label}: bad value for restricted picklist field: ${String(value)}`,
    [field],
  );
}

function duplicate(what: string): RowError {
  return rowError("DUPLICATE_VALUE", `duplicate value found: ${what}`);
}

function permissionSet(org: Org, id: unknown): Row | undefined {
  const object = org.schema.find("PermissionSet");
  return object && org.store.table(object).get(String(id));
}

function liveRows(org: Org, objectName: string): Row[] {
  const object = org.schema.find(objectName);
  return object ? [...org.store.table(object).all()].filter((row) => !row.IsDeleted) : [];
}
