import { decidingField, isGoverned } from "./field-security";
import {
  permissionRows,
  putFieldPermissions,
  putObjectPermissions,
  type PermissionWriter,
} from "./permission-rows";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";

/** Grants all of an object and of its fields to a permission set; what the set says of them already stays. */
export function grantObject(writer: PermissionWriter, setId: string, object: SObject): void {
  if (!isGoverned(object.model)) return;
  if (!permissionRows(writer, "ObjectPermissions", setId).has(object.name.toLowerCase())) {
    putObjectPermissions(writer, setId, object.name, {
      read: true,
      create: object.model.createable,
      edit: object.model.updateable,
      delete: object.model.deletable,
      viewAll: true,
      modifyAll: true,
    });
  }
  grantFields(writer, setId, object, () => true);
}

/** What only administrators manage ("Standard Profiles", Salesforce help). */
const READ_BY_STANDARD_USERS = ["Product2"];

/** Grants what standard users have: records of standard objects and their standard fields, nothing of custom ones. */
export function grantStandardObject(writer: PermissionWriter, setId: string, object: SObject): void {
  const { model, name } = object;
  if (!isGoverned(model) || model.custom) return;
  const mayChange = !READ_BY_STANDARD_USERS.includes(name);
  putObjectPermissions(writer, setId, name, {
    read: true,
    create: mayChange && model.createable,
    edit: mayChange && model.updateable,
    delete: mayChange && model.deletable,
    viewAll: false,
    modifyAll: false,
  });
  grantFields(writer, setId, object, ({ custom }) => !custom);
}

function grantFields(
  writer: PermissionWriter,
  setId: string,
  object: SObject,
  isMeant: (field: FieldModel) => boolean,
): void {
  const known = permissionRows(writer, "FieldPermissions", setId);
  for (const name of decidingNames(writer, object, isMeant)) {
    const field = `${object.name}.${name}`;
    if (known.has(field.toLowerCase())) continue;
    const isComputed = object.field(name)?.calculated === true;
    putFieldPermissions(writer, setId, field, { read: true, edit: !isComputed });
  }
}

function decidingNames(
  writer: PermissionWriter,
  object: SObject,
  isMeant: (field: FieldModel) => boolean,
): Set<string> {
  const names = new Set<string>();
  for (const field of object.model.fields) {
    const deciding = isMeant(field) ? decidingField(writer.schema, object, field) : undefined;
    if (deciding?.object === object.name) names.add(deciding.field);
  }
  return names;
}
