import { decidingField, fieldKeyText, isGoverned } from "./field-security";
import { setupRight } from "./setup-access";
import type { ObjectRight, UserAccess } from "./user-access";
import { isPermissionable } from "../model/describe-field";
import { Schema, type SObject } from "../model/schema";
import type { FieldModel, ObjectModel } from "../model/types";

const NONE: ObjectRight = { read: false, create: false, edit: false, delete: false };

/**
 * The schema as a user may see it (Salesforce security guide, "Data access"): objects without read are missing, fields
 * without read are missing, and what may not be written says so. For a user who may do everything it is the schema
 * itself.
 */
export function visibleSchema(schema: Schema, access: UserAccess): Schema {
  const models: ObjectModel[] = [];
  for (const object of schema.objects) {
    const model = visibleModel(schema, object, access);
    if (model) models.push(model);
  }
  const isWhole =
    models.length === schema.objects.length &&
    models.every((model, position) => model === schema.objects[position]?.model);
  return isWhole ? schema : new Schema(schema.shape, models);
}

function visibleModel(schema: Schema, object: SObject, access: UserAccess): ObjectModel | undefined {
  const { model } = object;
  if (!isGoverned(model)) {
    const { read, write } = setupRight(model.name, access);
    if (!read) return undefined;
    return write ? model : restricted(model, model.fields, { ...NONE, read });
  }
  const right = access.objects.get(model.name.toLowerCase()) ?? NONE;
  if (!right.read) return undefined;
  const fields = visibleFields(schema, object, access, right);
  return restricted(model, fields, right);
}

/** The model itself when nothing is taken away from it. */
function restricted(model: ObjectModel, fields: readonly FieldModel[], right: ObjectRight): ObjectModel {
  const createable = model.createable && right.create;
  const updateable = model.updateable && right.edit;
  const deletable = model.deletable && right.delete;
  const isSame =
    createable === model.createable &&
    updateable === model.updateable &&
    deletable === model.deletable &&
    fields.length === model.fields.length &&
    fields.every((field, position) => field === model.fields[position]);
  return isSame ? model : { ...model, createable, updateable, deletable, fields };
}

function visibleFields(
  schema: Schema,
  object: SObject,
  access: UserAccess,
  right: ObjectRight,
): readonly FieldModel[] {
  const fields: FieldModel[] = [];
  for (const field of object.model.fields) {
    const deciding = decidingField(schema, object, field);
    const granted = deciding ? access.fields.get(fieldKeyText(deciding)) : { read: true, edit: true };
    if (!granted?.read && !granted?.edit) continue;
    const createable = field.createable && granted.edit && right.create;
    const updateable = field.updateable && granted.edit && right.edit;
    const isSame = createable === field.createable && updateable === field.updateable;
    fields.push(
      isSame ? field : { ...field, createable, updateable, permissionable: isPermissionable(field) },
    );
  }
  return fields;
}
