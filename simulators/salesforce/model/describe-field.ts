import type { FieldModel, FieldType } from "./types";

const SOAP_TYPES: Record<FieldType, string> = {
  id: "tns:ID",
  reference: "tns:ID",
  string: "xsd:string",
  picklist: "xsd:string",
  textarea: "xsd:string",
  email: "xsd:string",
  phone: "xsd:string",
  url: "xsd:string",
  boolean: "xsd:boolean",
  int: "xsd:int",
  double: "xsd:double",
  currency: "xsd:double",
  date: "xsd:date",
  datetime: "xsd:dateTime",
  address: "urn:address",
};

const NOT_AGGREGATABLE = new Set<FieldType>(["boolean", "address"]);
const ONE_BYTE_TYPES = new Set<FieldType>(["id", "reference"]);
const NOT_PERMISSIONABLE = new Set([
  "Name",
  "LastName",
  "FirstName",
  "Salutation",
  "OwnerId",
  "RecordTypeId",
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
    autoNumber: false,
    byteLength: field.length * (ONE_BYTE_TYPES.has(field.type) ? 1 : 3),
    calculated: false,
    calculatedFormula: null,
    cascadeDelete: false,
    caseSensitive: field.caseSensitive,
    compoundFieldName: field.compoundFieldName,
    controllerName: null,
    createable: field.createable,
    custom: field.custom,
    defaultValue: field.type === "boolean" ? false : null,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: false,
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
    htmlFormatted: false,
    idLookup: field.idLookup,
    inlineHelpText: null,
    label: field.label,
    length: field.length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: false,
    nillable: field.nillable,
    permissionable: isPermissionable(field),
    picklistValues: field.picklistValues.map((value) => ({
      active: true,
      defaultValue: false,
      label: value,
      validFor: null,
      value,
    })),
    polymorphicForeignKey: false,
    precision: field.precision,
    queryByDistance: field.type === "address",
    referenceTargetField: null,
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: isSearchPrefilter(field),
    soapType: SOAP_TYPES[field.type],
    sortable: field.sortable,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}

/** Whether field-level security applies: not to what is always visible, nor to what the system writes. */
function isPermissionable(field: FieldModel): boolean {
  if (NOT_PERMISSIONABLE.has(field.name)) return false;
  if (field.type === "address") return true;
  return field.createable && (field.nillable || field.type === "boolean");
}

function isSearchPrefilter(field: FieldModel): boolean {
  const isLookup = field.type === "reference" && !field.referenceTo.includes("User");
  return isLookup && !NOT_SEARCH_PREFILTERS.has(field.name);
}
