import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";

/** How an object looks on the pages; field names without namespace. */
interface ObjectLayout {
  icon: string;
  color: string;
  columns: readonly string[];
  /** Fields in the band at the top of a record. */
  highlights: readonly string[];
  sections: readonly { title: string; fields: readonly string[] }[];
}

const SYSTEM_SECTION = {
  title: "System information",
  fields: [
    "OwnerId",
    "RecordTypeId",
    "CreatedById",
    "CreatedDate",
    "LastModifiedById",
    "LastModifiedDate",
    "SystemModstamp",
  ],
};

const LAYOUTS: Readonly<Record<string, ObjectLayout>> = {
  Account: {
    icon: "A",
    color: "#5867e8",
    columns: ["Name", "SyncId__c", "PersonEmail", "Phone", "PersonMobilePhone", "LastModifiedDate"],
    highlights: ["RecordTypeId", "PersonEmail", "PersonMobilePhone", "Phone", "SyncId__c"],
    sections: [
      {
        title: "Account information",
        fields: [
          "Name",
          "Salutation",
          "FirstName",
          "LastName",
          "PersonBirthdate",
          "Type",
          "SyncId__c",
          "ParentId",
        ],
      },
      {
        title: "Contact details",
        fields: [
          "Phone",
          "PersonEmail",
          "PersonMobilePhone",
          "PersonHomePhone",
          "PersonHasOptedOutOfEmail",
          "Website",
        ],
      },
      {
        title: "Address information",
        fields: ["BillingAddress", "ShippingAddress", "PersonMailingAddress", "PersonOtherAddress"],
      },
      SYSTEM_SECTION,
    ],
  },
  Contact: {
    icon: "C",
    color: "#9602c7",
    columns: ["Name", "AccountId", "Title", "Email", "SyncId__c", "LastModifiedDate"],
    highlights: ["Title", "AccountId", "Email", "MobilePhone", "SyncId__c"],
    sections: [
      {
        title: "Contact information",
        fields: ["Salutation", "FirstName", "LastName", "Title", "AccountId", "Birthdate", "SyncId__c"],
      },
      {
        title: "Contact details",
        fields: ["Email", "Phone", "MobilePhone", "HomePhone", "HasOptedOutOfEmail"],
      },
      { title: "Address information", fields: ["MailingAddress", "OtherAddress"] },
      SYSTEM_SECTION,
    ],
  },
  SecutixSale__c: {
    icon: "S",
    color: "#ba01ff",
    columns: ["Name", "Account__c", "Contact__c", "Total_Amount__c", "OrderType__c", "CreationDate__c"],
    highlights: ["Account__c", "Contact__c", "Total_Amount__c", "CatalogCurrency__c", "OrderType__c"],
    sections: [
      {
        title: "Sale",
        fields: [
          "Name",
          "SyncId__c",
          "ContactSTXNumber__c",
          "Account__c",
          "Contact__c",
          "OrderType__c",
          "SecuTixFileId__c",
          "SecuTixOrderId__c",
        ],
      },
      {
        title: "Product",
        fields: [
          "Organization__c",
          "Space__c",
          "Item__c",
          "Advantage__c",
          "Tariff__c",
          "Contingent__c",
          "MatchRound__c",
          "MatchRoundCode__c",
        ],
      },
      {
        title: "Amounts and dates",
        fields: [
          "Quantity__c",
          "Unit_price__c",
          "Total_Amount__c",
          "CatalogCurrency__c",
          "CreationDate__c",
          "ExpirationDate__c",
        ],
      },
      { title: "Text", fields: ["Remark__c", "Description__c"] },
      SYSTEM_SECTION,
    ],
  },
};

const OTHER: ObjectLayout = {
  icon: "•",
  color: "#706e6b",
  columns: ["Name", "DeveloperName", "SobjectType", "Username", "IsActive", "LastModifiedDate"],
  highlights: ["DeveloperName", "SobjectType", "Username", "Email"],
  sections: [],
};

/** The layout of an object; objects without one show all their fields. */
export function layoutOf(object: SObject): ObjectLayout {
  return LAYOUTS[bareName(object.name)] ?? OTHER;
}

/** Objects with a tab, in the order of the tabs. */
export function isTabbed(object: SObject): boolean {
  return bareName(object.name) in LAYOUTS;
}

/** Fields of a layout that this org has. */
export function fieldsNamed(object: SObject, names: readonly string[]): FieldModel[] {
  return names
    .map((name) => object.model.fields.find((field) => bareName(field.name) === name))
    .filter((field) => field !== undefined);
}

/** Sections of a record with the fields that make sense for it; fields in no section come last when they hold a value. */
export function sectionsOf(object: SObject, row: Row): { title: string; fields: FieldModel[] }[] {
  const isPerson = object.name === "Account" && row.IsPersonAccount === true;
  const isFitting = (field: FieldModel) =>
    object.name !== "Account" || (isPerson ? isPersonal(field) : !isOfPersonsOnly(field));
  const sections = layoutOf(object).sections.map(({ title, fields }) => ({
    title,
    fields: fieldsNamed(object, fields).filter(isFitting),
  }));
  const placed = new Set(sections.flatMap((section) => section.fields));
  const compounds = new Set([...placed].filter(({ type }) => type === "address").map(({ name }) => name));
  const rest = object.model.fields.filter(
    (field) =>
      !placed.has(field) &&
      field.type !== "id" &&
      field.name !== "IsDeleted" &&
      !compounds.has(field.compoundFieldName ?? "") &&
      (row[field.name] ?? null) !== null &&
      isFitting(field),
  );
  return [...sections, { title: "More fields", fields: rest }].filter(({ fields }) => fields.length > 0);
}

function isOfPersonsOnly(field: FieldModel): boolean {
  return field.mirrors !== null || field.name.startsWith("Person");
}

function isPersonal(field: FieldModel): boolean {
  return field.name !== "Name" && !/^(?:Billing|Shipping|Type$|ParentId$|Website$)/.test(field.name);
}

/** A name without namespace: `secutix__SyncId__c` is `SyncId__c`. */
function bareName(name: string): string {
  return name.replace(/^[A-Za-z]\w*?__(?=\w+__p?c$)/, "");
}
