/** What the org of testing/fake-org.ts looks like: its facts and objects. */
import type { FieldDescribe, FieldType, ObjectDescribe, OrgFacts } from "@/lib/core/side";

export const factsOfFakeOrg: OrgFacts = {
  prefix: "",
  personAccounts: true,
  multiCurrency: false,
  recordTypes: [],
  organizationId: "00D000000000001",
  organizationName: "Fake org",
  fetchedAt: "2026-01-01T00:00:00.000Z",
};

function field(name: string, type: FieldType = "text", more: Partial<FieldDescribe> = {}): FieldDescribe {
  return {
    name,
    label: name,
    type,
    length: type === "text" ? 255 : 0,
    scale: 2,
    createable: true,
    updateable: true,
    nillable: true,
    defaultedOnCreate: false,
    externalId: name.endsWith("SyncId__c"),
    unique: name.endsWith("SyncId__c"),
    custom: name.endsWith("__c"),
    restrictedPicklist: false,
    picklistValues: [],
    referenceTo: [],
    relationshipName: null,
    ...more,
  };
}

const texts = (...names: string[]) => names.map((name) => field(name));
const address = (prefix: string) =>
  texts(`${prefix}Street`, `${prefix}City`, `${prefix}PostalCode`, `${prefix}Country`);
const lookup = (name: string, to: string) =>
  field(name, "reference", {
    referenceTo: [to],
    relationshipName: name.replace(/__c$/, "__r").replace(/Id$/, ""),
  });

/** The objects of the default mappings, loosely: lengths and picklists are the simulated org's business. */
export const objectsOfFakeOrg: readonly ObjectDescribe[] = [
  {
    name: "Account",
    label: "Account",
    fields: [
      ...texts("SyncId__c", "Name", "Salutation", "FirstName"),
      field("LastName", "text", { length: 80 }),
      field("PersonEmail", "email"),
      ...["Phone", "PersonMobilePhone", "PersonHomePhone"].map((name) =>
        field(name, "phone", { length: 40 }),
      ),
      field("PersonBirthdate", "date"),
      ...["PersonMailing", "PersonOther", "Billing", "Shipping"].flatMap(address),
      field("PersonHasOptedOutOfEmail", "boolean"),
      lookup("RecordTypeId", "RecordType"),
      field("IsPersonAccount", "boolean", { createable: false, updateable: false }),
    ],
  },
  {
    name: "Contact",
    label: "Contact",
    fields: [
      ...texts("SyncId__c", "Salutation", "FirstName", "LastName", "Title"),
      field("Email", "email"),
      ...["MobilePhone", "HomePhone"].map((name) => field(name, "phone", { length: 40 })),
      field("Birthdate", "date"),
      ...["Mailing", "Other"].flatMap(address),
      field("HasOptedOutOfEmail", "boolean"),
      lookup("AccountId", "Account"),
      field("IsPersonAccount", "boolean", { createable: false, updateable: false }),
    ],
  },
  {
    name: "SecutixSale__c",
    label: "SecutixSale",
    fields: [
      ...texts(
        "Name",
        "SyncId__c",
        "ContactSTXNumber__c",
        "Organization__c",
        "Space__c",
        "Item__c",
        "Advantage__c",
      ),
      ...texts("Tariff__c", "Contingent__c", "CatalogCurrency__c", "SecuTixFileId__c", "SecuTixOrderId__c"),
      ...texts(
        "MatchRound__c",
        "MatchRoundCode__c",
        "OrderType__c",
        "Status__c",
        "Remark__c",
        "Description__c",
      ),
      ...["Total_Amount__c", "Unit_price__c", "Quantity__c"].map((name) => field(name, "number")),
      ...["ExpirationDate__c", "CreationDate__c"].map((name) => field(name, "datetime")),
      lookup("Account__c", "Account"),
      lookup("Contact__c", "Contact"),
      lookup("Beneficiary__c", "Account"),
    ],
  },
];
