import type { FieldModel, FieldType } from "./types";

const SOAP_TYPES: Record<FieldType, string> = {
  id: "tns:ID",
  reference: "tns:ID",
  string: "xsd:string",
  picklist: "xsd:string",
  multipicklist: "xsd:string",
  combobox: "xsd:string",
  textarea: "xsd:string",
  email: "xsd:string",
  phone: "xsd:string",
  url: "xsd:string",
  boolean: "xsd:boolean",
  int: "xsd:int",
  double: "xsd:double",
  currency: "xsd:double",
  percent: "xsd:double",
  date: "xsd:date",
  datetime: "xsd:dateTime",
  time: "xsd:time",
  address: "urn:address",
};

/** Types without COUNT, MIN and the like (SOQL reference, "Support for field types in aggregate functions"). */
const NOT_AGGREGATABLE = new Set<FieldType>(["boolean", "address", "multipicklist", "time"]);
const ONE_BYTE_TYPES = new Set<FieldType>(["id", "reference"]);
/** Text that holds nothing but ASCII, one byte a character (recorded describe of Opportunity). */
const ONE_BYTE_FIELDS = new Set(["Fiscal"]);
const NOT_PERMISSIONABLE = new Set([
  "Name",
  "LastName",
  "FirstName",
  "Salutation",
  "OwnerId",
  "RecordTypeId",
  "CurrencyIsoCode",
  "EmailBouncedReason",
  "EmailBouncedDate",
  "PersonEmailBouncedReason",
  "PersonEmailBouncedDate",
]);
const NOT_SEARCH_PREFILTERS = new Set(["MasterRecordId", "RecordTypeId"]);

/** A field with every property that describe has for it. */
export function describeField(field: FieldModel) {
  return {
    aggregatable: !NOT_AGGREGATABLE.has(field.type) && field.filterable,
    aiPredictionField: false,
    autoNumber: field.autoNumber !== null,
    byteLength: field.length * (isOneByte(field) ? 1 : 3),
    calculated: field.calculated,
    calculatedFormula: field.formula,
    cascadeDelete: field.custom && field.cascadeDelete,
    caseSensitive: field.caseSensitive,
    compoundFieldName: field.compoundFieldName,
    controllerName: field.controllerName,
    createable: field.createable,
    custom: field.custom,
    defaultValue: field.defaultValueFormula === null ? field.defaultValue : null,
    defaultValueFormula: field.defaultValueFormula,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: field.controllerName !== null,
    deprecatedAndHidden: false,
    digits: field.digits,
    displayLocationInDecimal: false,
    encrypted: false,
    externalId: field.externalId,
    extraTypeInfo: field.extraTypeInfo,
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: field.htmlFormatted,
    idLookup: field.idLookup,
    inlineHelpText: field.inlineHelpText,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: false,
    nillable: field.nillable,
    permissionable: isPermissionable(field),
    picklistValues: field.picklistValues.map(({ value, label, isDefault, isActive, validFor }) => ({
      active: isActive,
      defaultValue: isDefault,
      label,
      validFor,
      value,
    })),
    polymorphicForeignKey: false,
    precision: field.precision,
    queryByDistance: field.type === "address",
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: field.relationshipOrder,
    restrictedDelete: field.restrictedDelete,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: field.searchPrefilterable ?? isSearchPrefilter(field),
    soapType: SOAP_TYPES[field.type],
    sortable: field.sortable,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: field.writeRequiresMasterRead,
  };
}

/** Whether field-level security applies: not to what is always visible, nor to what the system writes. */
export function isPermissionable(field: FieldModel): boolean {
  if (field.permissionable !== null) return field.permissionable;
  if (NOT_PERMISSIONABLE.has(field.name)) return false;
  if (field.type === "address" || field.calculated) return true;
  if (field.autoNumber) return field.custom;
  return field.createable && (field.nillable || field.type === "boolean");
}

function isOneByte(field: FieldModel): boolean {
  return ONE_BYTE_TYPES.has(field.type) || ONE_BYTE_FIELDS.has(field.name);
}

function isSearchPrefilter(field: FieldModel): boolean {
  const isLookup = field.type === "reference" && !field.referenceTo.includes("User");
  return isLookup && !NOT_SEARCH_PREFILTERS.has(field.name);
}
