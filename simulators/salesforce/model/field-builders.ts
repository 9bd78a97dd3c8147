import type { FieldModel, FieldType } from "./types";

type Extra = Partial<Omit<FieldModel, "name" | "label" | "type">>;

function field(name: string, label: string, type: FieldType, extra: Extra): FieldModel {
  return {
    name,
    label,
    type,
    length: 0,
    precision: 0,
    scale: 0,
    digits: 0,
    nillable: true,
    createable: true,
    updateable: true,
    defaultedOnCreate: false,
    custom: name.endsWith("__c") || name.endsWith("__pc"),
    externalId: false,
    unique: false,
    caseSensitive: false,
    idLookup: false,
    nameField: false,
    filterable: true,
    sortable: true,
    groupable: true,
    picklistValues: [],
    restrictedPicklist: false,
    referenceTo: [],
    relationshipName: null,
    childRelationshipName: null,
    cascadeDelete: false,
    compoundFieldName: null,
    extraTypeInfo: null,
    mirrors: null,
    ...extra,
  };
}

export const READ_ONLY: Extra = { createable: false, updateable: false };

export function text(name: string, label: string, length: number, extra: Extra = {}): FieldModel {
  return field(name, label, "string", { length, ...extra });
}

/** Text Area: several lines, up to 255 characters, can be filtered. */
export function textArea(name: string, label: string, length: number, extra: Extra = {}): FieldModel {
  return field(name, label, "textarea", { length, extraTypeInfo: "plaintextarea", ...extra });
}

/** Long Text Area: cannot be filtered, sorted or grouped. */
export function longTextArea(name: string, label: string, length: number, extra: Extra = {}): FieldModel {
  return textArea(name, label, length, { filterable: false, sortable: false, groupable: false, ...extra });
}

export function phone(name: string, label: string): FieldModel {
  return field(name, label, "phone", { length: 40 });
}

export function email(name: string, label: string, extra: Extra = {}): FieldModel {
  return field(name, label, "email", { length: 80, ...extra });
}

export function url(name: string, label: string, extra: Extra = {}): FieldModel {
  return field(name, label, "url", { length: 255, ...extra });
}

export function picklist(
  name: string,
  label: string,
  length: number,
  picklistValues: readonly string[],
  extra: Extra = {},
): FieldModel {
  return field(name, label, "picklist", { length, picklistValues, ...extra });
}

/** Checkbox: never null, false unless given. */
export function checkbox(name: string, label: string, extra: Extra = {}): FieldModel {
  return field(name, label, "boolean", { nillable: false, defaultedOnCreate: true, ...extra });
}

export function integer(name: string, label: string, digits: number): FieldModel {
  return field(name, label, "int", { digits });
}

/** Number(length, scale) as the setup page says it; describe's precision is their sum. */
export function decimal(
  name: string,
  label: string,
  length: number,
  scale: number,
  extra: Extra = {},
): FieldModel {
  return field(name, label, "double", { precision: length + scale, scale, groupable: false, ...extra });
}

export function currency(name: string, label: string, length: number, scale: number): FieldModel {
  return field(name, label, "currency", { precision: length + scale, scale, groupable: false });
}

export function date(name: string, label: string, extra: Extra = {}): FieldModel {
  return field(name, label, "date", extra);
}

export function dateTime(name: string, label: string, extra: Extra = {}): FieldModel {
  return field(name, label, "datetime", { groupable: false, ...extra });
}

export function reference(
  name: string,
  label: string,
  target: string,
  relationshipName: string,
  extra: Extra = {},
): FieldModel {
  return field(name, label, "reference", { length: 18, referenceTo: [target], relationshipName, ...extra });
}

export function recordId(label: string): FieldModel {
  return field("Id", label, "id", {
    length: 18,
    nillable: false,
    defaultedOnCreate: true,
    idLookup: true,
    ...READ_ONLY,
  });
}

export function compoundAddress(name: string, label: string): FieldModel {
  return field(name, label, "address", { sortable: false, groupable: false, ...READ_ONLY });
}
