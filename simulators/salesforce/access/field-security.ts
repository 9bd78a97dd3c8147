import { isPermissionable } from "../model/describe-field";
import type { Schema, SObject } from "../model/schema";
import type { FieldModel, ObjectModel } from "../model/types";

/** Whether object permissions decide who may read and change rows of this object, not user permissions of setup. */
export function isGoverned(model: ObjectModel): boolean {
  return model.custom || (model.layoutable && model.name !== "User");
}

export interface FieldKey {
  object: string;
  field: string;
}

/**
 * The object and field whose permission decides over this field; undefined when the field is always visible. The parts
 * of an address go with the address; a person field of Account goes with the field of Contact that it shows (Salesforce
 * help, "Considerations for Using Person Accounts").
 */
export function decidingField(schema: Schema, object: SObject, field: FieldModel): FieldKey | undefined {
  if (!isPermissionable(field)) return undefined;
  const mirrored = field.mirrors ?? mirroredAddress(object, field);
  if (mirrored !== null) {
    const contact = schema.find("Contact");
    const contactField = contact?.field(mirrored);
    return contact && contactField ? decidingField(schema, contact, contactField) : undefined;
  }
  const compound = field.compoundFieldName === null ? undefined : object.field(field.compoundFieldName);
  const decides = compound?.type === "address" ? compound : field;
  return { object: object.name, field: decides.name };
}

/** PersonMailingAddress has no field of its own in Contact to show: its parts do. */
function mirroredAddress(object: SObject, field: FieldModel): string | null {
  if (field.type !== "address") return null;
  const part = object.model.fields.find(
    (candidate) => candidate.compoundFieldName === field.name && candidate.mirrors !== null,
  );
  return part?.mirrors ?? null;
}

export function fieldKeyText({ object, field }: FieldKey): string {
  return `${object}.${field}`.toLowerCase();
}
