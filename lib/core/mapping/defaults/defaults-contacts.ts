/** What a new connection starts with for people and companies: data, exact to the field (default mappings). */
import type { MappingDocument, MappingLine } from "../document";

/** Lines as they are written here; everything not said is the schema's default. */
export type LineDraft = Pick<MappingLine, "target" | "expression"> & Partial<MappingLine>;

export function lineOf(draft: LineDraft): MappingLine {
  return { onMissing: "leave", onInvalid: "hold", tooLong: "hold", when: "always", twoWay: false, ...draft };
}

const keyLine: LineDraft = {
  target: "[p]SyncId__c",
  expression: "contactNumber",
  required: "S-360 contact has no contact number",
};

const mainAddress = "addresses[main][0]";
/** The first address that is a shipping address and not a main one. */
const otherAddress = "addresses[(main ? false : true) and shippingAddress][0]";

function addressLines(prefix: string, address: string, twoWay: boolean): LineDraft[] {
  const streets = [1, 2, 3, 4].map((number) => `${address}.street${number}`);
  return [
    { target: `${prefix}Street`, expression: `$lines(${streets.join(", ")})`, twoWay },
    { target: `${prefix}City`, expression: `${address}.town`, twoWay },
    { target: `${prefix}PostalCode`, expression: `${address}.zipCode`, twoWay },
    { target: `${prefix}Country`, expression: `$country(${address}.countryCode)`, twoWay },
  ];
}

/** `person`: what Salesforce puts before the contact fields of a person account. */
function personLines(person: "Person" | ""): LineDraft[] {
  return [
    keyLine,
    { target: "Salutation", expression: '$valueMap("titles", individualContact.title)', twoWay: true },
    { target: "FirstName", expression: "individualContact.individualFirstName", twoWay: true },
    {
      target: "LastName",
      expression: "individualContact.individualLastName",
      required: "S-360 contact has no last name",
      twoWay: true,
    },
    { target: `${person}Email`, expression: "$first(communicationMeans.email)", twoWay: true },
    {
      target: `${person}MobilePhone`,
      expression: "$phone($first(communicationMeans.cellularPhone))",
      twoWay: true,
    },
    { target: `${person}HomePhone`, expression: "$phone($first(communicationMeans.phone))", twoWay: true },
    { target: `${person}Birthdate`, expression: "individualContact.birthday", twoWay: true },
    ...addressLines(`${person}Mailing`, mainAddress, true),
    ...addressLines(`${person}Other`, otherAddress, false),
    {
      target: `${person}HasOptedOutOfEmail`,
      expression: '$opposite(authorizations[authorizationCode="EMAIL"][0].allowed)',
      onMissing: { default: true, when: "create" },
      twoWay: true,
      note: "Who never allowed e-mail is created as opted out.",
    },
  ];
}

const keyField = "[p]SyncId__c";

/** Where the org has person accounts. */
export const individualToPersonAccount: MappingDocument = {
  kind: "individual",
  object: "Account",
  keyField,
  recordType: "person",
  lines: personLines("Person").map(lineOf),
};

/** Without an Account: Salesforce calls such contacts private. */
export const individualToContact: MappingDocument = {
  kind: "individual",
  object: "Contact",
  keyField,
  lines: personLines("").map(lineOf),
};

/** Each key leads to one of the chosen Accounts, always the same. */
export function individualToBucketContact(accountSyncIds: readonly string[]): MappingDocument {
  const account: LineDraft = {
    target: "AccountId",
    expression: `$pick(contactNumber, ${JSON.stringify(accountSyncIds)})`,
    reference: { object: "Account" },
  };
  return { ...individualToContact, lines: [...individualToContact.lines, lineOf(account)] };
}

const householdKey = '$around("H-", contactNumber, "")';

export const individualToHouseholdContact: MappingDocument = {
  ...individualToContact,
  lines: [
    ...individualToContact.lines,
    lineOf({ target: "AccountId", expression: householdKey, reference: { object: "Account" } }),
  ],
};

export const individualToHousehold: MappingDocument = {
  kind: "individual",
  object: "Account",
  keyField,
  lines: [
    { ...keyLine, expression: householdKey },
    {
      target: "Name",
      expression: '$around("", individualContact.individualLastName, " household")',
      required: "S-360 contact has no last name",
    },
  ].map(lineOf),
};

export const relayToContact: MappingDocument = {
  kind: "relay",
  object: "Contact",
  keyField,
  lines: [
    ...personLines(""),
    {
      target: "AccountId",
      expression: "contactConnections[0].contactNumber",
      reference: { object: "Account", family: "contact" as const },
    },
    { target: "Title", expression: "function" },
  ].map(lineOf),
};

export const structureToAccount: MappingDocument = {
  kind: "structure",
  object: "Account",
  keyField,
  recordType: "business",
  lines: [
    keyLine,
    {
      target: "Name",
      expression: "structureContact.officialName",
      required: "S-360 structure has no official name",
      twoWay: true,
    },
    { target: "Phone", expression: "$phone($first(communicationMeans.phone))", twoWay: true },
    ...addressLines("Billing", mainAddress, true),
    ...addressLines("Shipping", otherAddress, false),
  ].map(lineOf),
};
