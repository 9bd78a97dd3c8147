import type { AutoNumberModel, FieldModel, FieldType, PicklistValueModel } from "./types";

export type FieldExtra = Partial<Omit<FieldModel, "name" | "label" | "type">>;

/** A field of this type with Salesforce's usual properties, changed by `extra`. */
export function field(name: string, label: string, type: FieldType, extra: FieldExtra): FieldModel {
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
    permissionable: null,
    searchPrefilterable: null,
    picklistValues: [],
    restrictedPicklist: false,
    controllerName: null,
    defaultValue: null,
    defaultValueFormula: null,
    inlineHelpText: null,
    autoNumber: null,
    calculated: false,
    formula: null,
    htmlFormatted: false,
    referenceTo: [],
    relationshipName: null,
    childRelationshipName: null,
    cascadeDelete: false,
    restrictedDelete: false,
    relationshipOrder: null,
    writeRequiresMasterRead: false,
    compoundFieldName: null,
    addressParts: [],
    extraTypeInfo: null,
    mirrors: null,
    ...extra,
  };
}

export const READ_ONLY: FieldExtra = { createable: false, updateable: false };

export function text(name: string, label: string, length: number, extra: FieldExtra = {}): FieldModel {
  return field(name, label, "string", { length, ...extra });
}

/** Text Area: several lines, up to 255 characters, can be filtered. */
export function textArea(name: string, label: string, length: number, extra: FieldExtra = {}): FieldModel {
  return field(name, label, "textarea", { length, extraTypeInfo: "plaintextarea", ...extra });
}

/** Long Text Area: cannot be filtered, sorted or grouped. */
export function longTextArea(
  name: string,
  label: string,
  length: number,
  extra: FieldExtra = {},
): FieldModel {
  return textArea(name, label, length, { filterable: false, sortable: false, groupable: false, ...extra });
}

export function phone(name: string, label: string, extra: FieldExtra = {}): FieldModel {
  return field(name, label, "phone", { length: 40, ...extra });
}

export function email(name: string, label: string, extra: FieldExtra = {}): FieldModel {
  return field(name, label, "email", { length: 80, ...extra });
}

export function url(name: string, label: string, extra: FieldExtra = {}): FieldModel {
  return field(name, label, "url", { length: 255, ...extra });
}

/** Picklist; a value with `isDefault` is what a new row holds (recorded describe of Case.Priority). */
export function picklist(
  name: string,
  label: string,
  length: number,
  values: readonly (string | PicklistValueModel)[],
  extra: FieldExtra = {},
): FieldModel {
  const picklistValues = values.map(asPicklistValue);
  return field(name, label, "picklist", { length, picklistValues, ...defaultOf(picklistValues), ...extra });
}

/** Multi-select picklist: several values joined by semicolons; cannot be sorted or grouped. */
export function multiPicklist(
  name: string,
  label: string,
  values: readonly (string | PicklistValueModel)[],
  extra: FieldExtra = {},
): FieldModel {
  const picklistValues = values.map(asPicklistValue);
  return field(name, label, "multipicklist", {
    length: 4099,
    picklistValues,
    sortable: false,
    groupable: false,
    ...defaultOf(picklistValues),
    ...extra,
  });
}

/** One entry of a picklist; the label is the value unless given. */
export function picklistValue(
  value: string,
  label = value,
  extra: Partial<Omit<PicklistValueModel, "value" | "label">> = {},
): PicklistValueModel {
  return { value, label, isDefault: false, isActive: true, validFor: null, ...extra };
}

function asPicklistValue(value: string | PicklistValueModel): PicklistValueModel {
  return typeof value === "string" ? picklistValue(value) : value;
}

function defaultOf(values: readonly PicklistValueModel[]): FieldExtra {
  const chosen = values.find((value) => value.isDefault);
  return chosen ? { defaultValue: chosen.value, defaultedOnCreate: true } : {};
}

/** Checkbox: never null, false unless given. */
export function checkbox(name: string, label: string, extra: FieldExtra = {}): FieldModel {
  return field(name, label, "boolean", {
    nillable: false,
    defaultedOnCreate: true,
    defaultValue: false,
    ...extra,
  });
}

export function integer(name: string, label: string, digits: number, extra: FieldExtra = {}): FieldModel {
  return field(name, label, "int", { digits, ...extra });
}

/** Number(length, scale) as the setup page says it; describe's precision is their sum. */
export function decimal(
  name: string,
  label: string,
  length: number,
  scale: number,
  extra: FieldExtra = {},
): FieldModel {
  return numeric(name, label, "double", length, scale, extra);
}

export function currency(
  name: string,
  label: string,
  length: number,
  scale: number,
  extra: FieldExtra = {},
): FieldModel {
  return numeric(name, label, "currency", length, scale, extra);
}

/** Percent(length, scale); 12.5 means 12.5 %. */
export function percent(
  name: string,
  label: string,
  length: number,
  scale: number,
  extra: FieldExtra = {},
): FieldModel {
  return numeric(name, label, "percent", length, scale, extra);
}

function numeric(
  name: string,
  label: string,
  type: "double" | "currency" | "percent",
  length: number,
  scale: number,
  extra: FieldExtra,
): FieldModel {
  return field(name, label, type, { precision: length + scale, scale, groupable: false, ...extra });
}

export function date(name: string, label: string, extra: FieldExtra = {}): FieldModel {
  return field(name, label, "date", extra);
}

export function dateTime(name: string, label: string, extra: FieldExtra = {}): FieldModel {
  return field(name, label, "datetime", { groupable: false, ...extra });
}

/** Time of day without a zone. */
export function time(name: string, label: string, extra: FieldExtra = {}): FieldModel {
  return field(name, label, "time", { groupable: false, ...extra });
}

export function reference(
  name: string,
  label: string,
  target: string,
  relationshipName: string | null,
  extra: FieldExtra = {},
): FieldModel {
  return field(name, label, "reference", { length: 18, referenceTo: [target], relationshipName, ...extra });
}

/** Numbered by the org at insert (recorded describe of Case.CaseNumber). */
export function autoNumber(
  name: string,
  label: string,
  numbering: AutoNumberModel,
  extra: FieldExtra = {},
): FieldModel {
  return text(name, label, 30, {
    autoNumber: numbering,
    nillable: false,
    defaultedOnCreate: true,
    groupable: false,
    ...READ_ONLY,
    ...extra,
  });
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

export function compoundAddress(name: string, label: string, addressParts: readonly string[]): FieldModel {
  return field(name, label, "address", { addressParts, sortable: false, groupable: false, ...READ_ONLY });
}
