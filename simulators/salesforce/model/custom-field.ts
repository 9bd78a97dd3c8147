import { CustomFieldProblem } from "./custom-field-problem";
import {
  autoNumber,
  checkbox,
  currency,
  date,
  dateTime,
  decimal,
  email,
  longTextArea,
  multiPicklist,
  percent,
  phone,
  picklist,
  picklistValue,
  READ_ONLY,
  reference,
  text,
  textArea,
  time,
  url,
  type FieldExtra,
} from "./field-builders";
import { calculatedField, defaultFromFormula } from "./field-formulas";
import type { FieldModel, PicklistValueModel } from "./types";

/** Types of the Metadata API's CustomField that this org can build. */
export type CustomFieldType =
  | "AutoNumber"
  | "Checkbox"
  | "Currency"
  | "Date"
  | "DateTime"
  | "Email"
  | "Html"
  | "LongTextArea"
  | "Lookup"
  | "MasterDetail"
  | "MultiselectPicklist"
  | "Number"
  | "Percent"
  | "Phone"
  | "Picklist"
  | "Text"
  | "TextArea"
  | "Time"
  | "Url";

/** A field as the Metadata API describes it (Metadata API developer guide, "CustomField"). */
export interface CustomFieldSpec {
  /** With the suffix, and the namespace if there is one: `SyncId__c`, `secutix__SyncId__c`. */
  fullName: string;
  type: CustomFieldType;
  label: string;
  /** Text, LongTextArea, Html. */
  length?: number;
  /** All digits of a Number, Currency or Percent, and those after the point. */
  precision?: number;
  scale?: number;
  externalId?: boolean;
  unique?: boolean;
  /** Of a unique text. */
  caseSensitive?: boolean;
  required?: boolean;
  inlineHelpText?: string;
  /** The formula of the default; here it must be a literal such as `"abc"`, `5`, `true`. */
  defaultValue?: string;
  /** Makes the field calculated. */
  formula?: string;
  /** Lookup, MasterDetail: the parent object, and the name of the relationship seen from it, without `__r`. */
  referenceTo?: string;
  relationshipName?: string;
  deleteConstraint?: "SetNull" | "Restrict" | "Cascade";
  reparentableMasterDetail?: boolean;
  writeRequiresMasterRead?: boolean;
  /** Of a master-detail: 0 for the first of its object, 1 for the second. */
  relationshipOrder?: number;
  /** Picklists. */
  valueSet?: readonly { fullName: string; label?: string; default?: boolean; isActive?: boolean }[];
  restricted?: boolean;
  /** AutoNumber. */
  displayFormat?: string;
  startingNumber?: number;
}

const FORMULA_TEXT_LENGTH = 1300;
const MOST_DIGITS = 18;
const NUMBER_TYPES: readonly CustomFieldType[] = ["Currency", "Number", "Percent"];

/**
 * Builds a custom field.
 * @throws CustomFieldProblem when a property that the type needs is missing, or its formula or default is beyond us
 */
export function customField(spec: CustomFieldSpec): FieldModel {
  const extra = commonProperties(spec);
  const built = BUILDERS[spec.type](spec, extra);
  return spec.formula === undefined ? built : calculatedField(built, spec.formula);
}

type Builder = (spec: CustomFieldSpec, extra: FieldExtra) => FieldModel;

const BUILDERS: Readonly<Record<CustomFieldType, Builder>> = {
  AutoNumber: (spec, extra) =>
    autoNumber(
      spec.fullName,
      spec.label,
      { format: spec.displayFormat ?? "{0}", startingNumber: spec.startingNumber ?? 1 },
      { ...extra, nillable: false, ...READ_ONLY },
    ),
  Checkbox: (spec, extra) =>
    checkbox(spec.fullName, spec.label, {
      ...extra,
      nillable: false,
      defaultValue:
        spec.formula === undefined && needed(spec, "defaultValue").trim().toLowerCase() === "true",
      defaultValueFormula: null,
    }),
  Currency: (spec, extra) => currency(spec.fullName, spec.label, ...digitsOf(spec), extra),
  Date: (spec, extra) => date(spec.fullName, spec.label, extra),
  DateTime: (spec, extra) => dateTime(spec.fullName, spec.label, extra),
  Email: (spec, extra) => email(spec.fullName, spec.label, extra),
  Html: (spec, extra) =>
    longTextArea(spec.fullName, spec.label, needed(spec, "length"), {
      ...extra,
      extraTypeInfo: "richtextarea",
      htmlFormatted: true,
    }),
  LongTextArea: (spec, extra) => longTextArea(spec.fullName, spec.label, needed(spec, "length"), extra),
  Lookup: (spec, extra) => lookup(spec, { ...extra, ...afterDeletion(spec) }),
  MasterDetail: (spec, extra) =>
    lookup(spec, {
      ...extra,
      nillable: false,
      updateable: spec.reparentableMasterDetail ?? false,
      cascadeDelete: true,
      relationshipOrder: spec.relationshipOrder ?? 0,
      writeRequiresMasterRead: spec.writeRequiresMasterRead ?? false,
    }),
  MultiselectPicklist: (spec, extra) =>
    multiPicklist(spec.fullName, spec.label, valuesOf(spec), { ...extra, ...listProperties(spec) }),
  Number: (spec, extra) => decimal(spec.fullName, spec.label, ...digitsOf(spec), extra),
  Percent: (spec, extra) => percent(spec.fullName, spec.label, ...digitsOf(spec), extra),
  Phone: (spec, extra) => phone(spec.fullName, spec.label, extra),
  Picklist: (spec, extra) =>
    picklist(spec.fullName, spec.label, 255, valuesOf(spec), { ...extra, ...listProperties(spec) }),
  Text: (spec, extra) =>
    text(
      spec.fullName,
      spec.label,
      spec.formula === undefined ? needed(spec, "length") : FORMULA_TEXT_LENGTH,
      extra,
    ),
  TextArea: (spec, extra) => textArea(spec.fullName, spec.label, 255, extra),
  Time: (spec, extra) => time(spec.fullName, spec.label, extra),
  Url: (spec, extra) => url(spec.fullName, spec.label, extra),
};

function commonProperties(spec: CustomFieldSpec): FieldExtra {
  return {
    nillable: !spec.required,
    externalId: spec.externalId ?? false,
    idLookup: spec.externalId ?? false,
    unique: spec.unique ?? false,
    caseSensitive: spec.caseSensitive ?? false,
    inlineHelpText: spec.inlineHelpText ?? null,
    ...(spec.defaultValue === undefined || spec.defaultValue === ""
      ? {}
      : defaultFromFormula(spec, kindOfDefault(spec.type))),
  };
}

function kindOfDefault(type: CustomFieldType): "boolean" | "number" | "string" {
  if (type === "Checkbox") return "boolean";
  return NUMBER_TYPES.includes(type) ? "number" : "string";
}

function lookup(spec: CustomFieldSpec, extra: FieldExtra): FieldModel {
  const { fullName } = spec;
  const namespace = /^(\w+?__)\w+__c$/.exec(fullName)?.[1] ?? "";
  return reference(fullName, spec.label, needed(spec, "referenceTo"), fullName.replace(/__c$/, "__r"), {
    ...extra,
    childRelationshipName:
      spec.relationshipName === undefined ? null : `${namespace}${spec.relationshipName}__r`,
  });
}

function afterDeletion({ deleteConstraint }: CustomFieldSpec): FieldExtra {
  return {
    cascadeDelete: deleteConstraint === "Cascade",
    restrictedDelete: deleteConstraint === "Restrict",
  };
}

function valuesOf(spec: CustomFieldSpec): PicklistValueModel[] {
  return (spec.valueSet ?? []).map(({ fullName, label, default: isDefault, isActive }) =>
    picklistValue(fullName, label ?? fullName, {
      isDefault: isDefault ?? false,
      isActive: isActive ?? true,
    }),
  );
}

function listProperties(spec: CustomFieldSpec): FieldExtra {
  return { restrictedPicklist: spec.restricted ?? false };
}

function digitsOf(spec: CustomFieldSpec): [length: number, scale: number] {
  const scale = spec.scale ?? 0;
  const precision = spec.precision ?? (spec.formula === undefined ? needed(spec, "precision") : MOST_DIGITS);
  return [precision - scale, scale];
}

function needed<Name extends "length" | "precision" | "referenceTo" | "defaultValue">(
  spec: CustomFieldSpec,
  name: Name,
): NonNullable<CustomFieldSpec[Name]> {
  const value = spec[name];
  if (value === undefined) {
    throw new CustomFieldProblem(`Must specify '${name}' for a CustomField of type ${spec.type}`);
  }
  return value;
}

/** For deploys that name a type: whether it can be built here. */
export function isCustomFieldType(name: string): name is CustomFieldType {
  return Object.hasOwn(BUILDERS, name);
}
