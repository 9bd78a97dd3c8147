import { describeField } from "../model/describe-field";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";

/** One place of a layout with its field, as describeLayout prints it (SOAP API guide, "DescribeLayoutItem"). */
export function layoutItem(object: SObject, field: FieldModel, tabOrder: number) {
  return {
    editableForNew: field.createable || isWritableCompound(object, field, "createable"),
    editableForUpdate: field.updateable || isWritableCompound(object, field, "updateable"),
    label: field.label,
    layoutComponents: [layoutComponent(object, field, tabOrder)],
    placeholder: false,
    required: !field.nillable && field.createable && field.type !== "boolean",
  };
}

function layoutComponent(object: SObject, field: FieldModel, tabOrder: number) {
  if (field.type !== "address") return fieldComponent(field, tabOrder);
  const components = partsOf(object, field).map((part) => fieldComponent(part, tabOrder));
  return { ...fieldComponent(field, tabOrder), components, fieldType: "address" };
}

function fieldComponent(field: FieldModel, tabOrder: number) {
  return {
    details: describeField(field),
    displayLines: field.type === "textarea" || field.type === "address" ? 6 : 1,
    tabOrder,
    type: "Field",
    value: field.name,
  };
}

function isWritableCompound(object: SObject, field: FieldModel, flag: "createable" | "updateable"): boolean {
  return field.type === "address" && partsOf(object, field).some((part) => part[flag]);
}

function partsOf(object: SObject, field: FieldModel): FieldModel[] {
  return object.model.fields.filter(({ compoundFieldName }) => compoundFieldName === field.name);
}
