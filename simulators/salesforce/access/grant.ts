import { decidingField, isGoverned } from "./field-security";
import {
  permissionRows,
  putFieldPermissions,
  putObjectPermissions,
  type PermissionWriter,
} from "./permission-rows";
import type { SObject } from "../model/schema";

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
  const known = permissionRows(writer, "FieldPermissions", setId);
  for (const name of decidingNames(writer, object)) {
    const field = `${object.name}.${name}`;
    if (known.has(field.toLowerCase())) continue;
    const isComputed = object.field(name)?.calculated === true;
    putFieldPermissions(writer, setId, field, { read: true, edit: !isComputed });
  }
}

function decidingNames(writer: PermissionWriter, object: SObject): Set<string> {
  const names = new Set<string>();
  for (const field of object.model.fields) {
    const deciding = decidingField(writer.schema, object, field);
    if (deciding?.object === object.name) names.add(deciding.field);
  }
  return names;
}
