/** Describes of the objects the default mappings write, made by hand for tests: standard fields as Salesforce has them. */
import type { FieldDescribe, FieldType, ObjectDescribe } from "../side";

type Flags = Partial<Omit<FieldDescribe, "name" | "label" | "type">>;

export function testField(name: string, type: FieldType, length = 0, flags: Flags = {}): FieldDescribe {
  return {
    name,
    label: labelOf(name),
    type,
    length,
    scale: 0,
    createable: true,
    updateable: true,
    nillable: type !== "boolean",
    defaultedOnCreate: type === "boolean",
    externalId: false,
    unique: false,
    custom: name.endsWith("__c"),
    restrictedPicklist: false,
    picklistValues: [],
    referenceTo: [],
    relationshipName: null,
    ...flags,
  };
}

/** `PersonMailingCity` → "Person Mailing City", `Total_Amount__c` → "Total Amount". */
function labelOf(name: string): string {
  return name
    .replace(/__c$/, "")
    .replace(/_/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2");
}

const text = (name: string, length: number, flags?: Flags): FieldDescribe =>
  testField(name, "text", length, flags);
const required: Flags = { nillable: false };
const readOnly: Flags = { createable: false, updateable: false };

function syncId(prefix: string): FieldDescribe {
  return text(`${prefix}SyncId__c`, 40, { externalId: true, unique: true });
}

function lookUp(name: string, object: string): FieldDescribe {
  const relationshipName = name.endsWith("__c") ? name.replace(/__c$/, "__r") : name.replace(/Id$/, "");
  return testField(name, "reference", 18, { referenceTo: [object], relationshipName });
}

function address(prefix: string): FieldDescribe[] {
  return [
    testField(`${prefix}Street`, "textarea", 255),
    text(`${prefix}City`, 40),
    text(`${prefix}PostalCode`, 20),
    text(`${prefix}Country`, 80),
    testField(`${prefix}Address`, "other", 0, readOnly),
  ];
}

const salutation = testField("Salutation", "picklist", 40, {
  picklistValues: ["Mr.", "Ms.", "Mrs.", "Dr.", "Prof."],
});

function personFields(person: "Person" | ""): FieldDescribe[] {
  return [
    testField(`${person}Email`, "email", 80),
    testField(`${person}MobilePhone`, "phone", 40),
    testField(`${person}HomePhone`, "phone", 40),
    testField(`${person}Birthdate`, "date"),
    testField(`${person}HasOptedOutOfEmail`, "boolean"),
    ...address(`${person}Mailing`),
    ...address(`${person}Other`),
  ];
}

const owner = testField("OwnerId", "reference", 18, { ...required, defaultedOnCreate: true });
const recordType = testField("RecordTypeId", "reference", 18, { referenceTo: ["RecordType"] });
const systemFields = [testField("Id", "id", 18, { ...required, ...readOnly }), owner];

export interface TestOrg {
  readonly prefix?: string;
  readonly personAccounts?: boolean;
}

export function testAccount({ prefix = "", personAccounts = true }: TestOrg = {}): ObjectDescribe {
  const personal = [salutation, text("FirstName", 40), text("LastName", 80), ...personFields("Person")];
  const fields = [
    ...systemFields,
    syncId(prefix),
    text("Name", 255, { nillable: personAccounts }),
    testField("Phone", "phone", 40),
    ...address("Billing"),
    ...address("Shipping"),
    ...(personAccounts
      ? [recordType, ...personal, testField("IsPersonAccount", "boolean", 0, readOnly)]
      : []),
  ];
  return { name: "Account", label: "Account", fields };
}

export function testContact({ prefix = "", personAccounts = true }: TestOrg = {}): ObjectDescribe {
  const fields = [
    ...systemFields,
    ...(personAccounts ? [testField("IsPersonAccount", "boolean", 0, readOnly)] : []),
    syncId(prefix),
    salutation,
    text("FirstName", 40),
    text("LastName", 80, required),
    text("Title", 128),
    lookUp("AccountId", "Account"),
    ...personFields(""),
  ];
  return { name: "Contact", label: "Contact", fields };
}

export function testSale({ prefix = "" }: TestOrg = {}): ObjectDescribe {
  const names = (list: string, length: number): FieldDescribe[] =>
    list.split(" ").map((name) => text(`${prefix}${name}__c`, length));
  const fields = [
    ...systemFields,
    text("Name", 80),
    syncId(prefix),
    ...names("ContactSTXNumber Organization SecuTixFileId SecuTixOrderId OrderType", 40),
    lookUp(`${prefix}Account__c`, "Account"),
    lookUp(`${prefix}Contact__c`, "Contact"),
    ...names("Space Item Advantage Tariff Contingent", 255),
    ...names("MatchRound MatchRoundCode", 80),
    ...names("Status", 40),
    ...names("CatalogCurrency", 3),
    testField(`${prefix}Total_Amount__c`, "number", 0, { scale: 2 }),
    testField(`${prefix}Unit_price__c`, "number", 0, { scale: 2 }),
    testField(`${prefix}Quantity__c`, "number"),
    testField(`${prefix}ExpirationDate__c`, "datetime"),
    testField(`${prefix}CreationDate__c`, "datetime"),
    testField(`${prefix}Remark__c`, "textarea", 32_768),
    testField(`${prefix}Description__c`, "textarea", 32_768),
  ];
  return { name: `${prefix}SecutixSale__c`, label: "Secutix Sale", fields };
}
