/** Field types of the Salesforce API that this org uses (describe property `type`). */
export type FieldType =
  | "id"
  | "string"
  | "picklist"
  | "textarea"
  | "email"
  | "phone"
  | "url"
  | "boolean"
  | "int"
  | "double"
  | "currency"
  | "date"
  | "datetime"
  | "reference"
  | "address";

export interface FieldModel {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters, for text-like types; 18 for ids. */
  readonly length: number;
  /** All digits, and those after the point, for double and currency. */
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
  readonly picklistValues: readonly string[];
  readonly restrictedPicklist: boolean;
  readonly referenceTo: readonly string[];
  readonly relationshipName: string | null;
  /** Name of the relationship seen from the parent, for describe's childRelationships. */
  readonly childRelationshipName: string | null;
  readonly cascadeDelete: boolean;
  /** The compound field (Name, MailingAddress …) that this field is a part of. */
  readonly compoundFieldName: string | null;
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
