/** Field types of the Salesforce API that this org uses (describe property `type`). */
export type FieldType =
  | "id"
  | "string"
  | "picklist"
  | "multipicklist"
  | "combobox"
  | "textarea"
  | "email"
  | "phone"
  | "url"
  | "boolean"
  | "int"
  | "double"
  | "currency"
  | "percent"
  | "date"
  | "datetime"
  | "time"
  | "reference"
  | "address";

/** One entry of a picklist, in the order of its definition. */
export interface PicklistValueModel {
  /** The API name, which rows hold. */
  readonly value: string;
  readonly label: string;
  readonly isDefault: boolean;
  /** Inactive values may stay in rows but not be written anew. */
  readonly isActive: boolean;
  /** For a dependent picklist: bits of the controlling values this one goes with, base64 (describe's `validFor`). */
  readonly validFor: string | null;
}

export interface AutoNumberModel {
  /** Such as `INV-{0000}`. */
  readonly format: string;
  readonly startingNumber: number;
}

export interface FieldModel {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters, for text-like types; 18 for ids. */
  readonly length: number;
  /** All digits, and those after the point, for double, currency and percent. */
  readonly precision: number;
  readonly scale: number;
  /** All digits, for int. */
  readonly digits: number;
  readonly nillable: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly defaultedOnCreate: boolean;
  readonly custom: boolean;
  readonly externalId: boolean;
  readonly unique: boolean;
  readonly caseSensitive: boolean;
  readonly idLookup: boolean;
  readonly nameField: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly groupable: boolean;
  /** Whether field-level security applies; null: as Salesforce decides from the rest (`isPermissionable`). */
  readonly permissionable: boolean | null;
  readonly picklistValues: readonly PicklistValueModel[];
  readonly restrictedPicklist: boolean;
  /** The picklist that decides which values of this one may be chosen. */
  readonly controllerName: string | null;
  /** What a new row holds when nothing is given. */
  readonly defaultValue: Value;
  /** The formula that an admin gave for the default; null for checkboxes and picklists, whose default is a value. */
  readonly defaultValueFormula: string | null;
  readonly inlineHelpText: string | null;
  /** Numbered by the org at insert; null for all other fields. */
  readonly autoNumber: AutoNumberModel | null;
  /** Computed by the org, never written. */
  readonly calculated: boolean;
  /** The formula of a calculated field that an admin defined, as text. */
  readonly formula: string | null;
  /** Several lines of HTML. */
  readonly htmlFormatted: boolean;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  /** Name of the relationship seen from the parent, for describe's childRelationships. */
  readonly childRelationshipName: string | null;
  /** What happens to the child when the parent is deleted; neither: the lookup becomes empty. */
  readonly cascadeDelete: boolean;
  readonly restrictedDelete: boolean;
  /** 0 or 1 for the first and second master-detail of an object, null for lookups. */
  readonly relationshipOrder: number | null;
  readonly writeRequiresMasterRead: boolean;
  /** Whether searches may be narrowed by this field. */
  readonly searchPrefilterable: boolean | null;
  /** The compound field (Name, MailingAddress …) that this field is a part of. */
  readonly compoundFieldName: string | null;
  /** For a compound address: names of its parts without the prefix, as `City`. */
  readonly addressParts: readonly string[];
  readonly extraTypeInfo: string | null;
  /** For Account fields of a person: the field of the person's contact that holds the same value. */
  readonly mirrors: string | null;
}

export interface RecordTypeModel {
  readonly developerName: string;
  readonly name: string;
  readonly isPersonType: boolean;
  readonly isDefault: boolean;
}

export interface ObjectModel {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly custom: boolean;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly mergeable: boolean;
  readonly layoutable: boolean;
  readonly searchable: boolean;
  readonly triggerable: boolean;
  readonly recordTypes: readonly RecordTypeModel[];
  readonly fields: readonly FieldModel[];
}

/** What a stored field holds; a field that is absent from a row is null. */
export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;
