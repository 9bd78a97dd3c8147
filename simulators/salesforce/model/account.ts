import { activityFields, addressFields, auditFields, isDeleted, masterRecord, owner } from "./common-fields";
import {
  currency,
  integer,
  longTextArea,
  phone,
  picklist,
  READ_ONLY,
  recordId,
  reference,
  text,
  url,
} from "./field-builders";
import { personFieldOf, personFields, personNameFields } from "./person-account-fields";
import { ACCOUNT_TYPES, CLEAN_STATUSES, INDUSTRIES, LEAD_SOURCES, OWNERSHIPS, RATINGS } from "./picklists";
import { RECORD_OBJECT } from "./record-object";
import type { FieldModel, ObjectModel, RecordTypeModel } from "./types";

const RECORD_TYPES: readonly RecordTypeModel[] = [
  { developerName: "Business_Account", name: "Business Account", isPersonType: false, isDefault: true },
  { developerName: "PersonAccount", name: "Person Account", isPersonType: true, isDefault: false },
];

export interface PeopleShape {
  readonly personAccounts: boolean;
  readonly stateCountryPicklists: boolean;
}

/**
 * Account: of businesses alone, or with record types, Person… fields and `__pc` fields where the org has person
 * accounts (recorded describes of both kinds of org).
 */
export function accountObject(
  { personAccounts, stateCountryPicklists: hasCodes }: PeopleShape,
  packageFields: readonly FieldModel[],
): ObjectModel {
  return {
    name: "Account",
    label: "Account",
    labelPlural: "Accounts",
    keyPrefix: "001",
    ...RECORD_OBJECT,
    mergeable: true,
    recordTypes: personAccounts ? RECORD_TYPES : [],
    fields: [
      recordId("Account ID"),
      isDeleted(),
      masterRecord("Account"),
      text("Name", "Account Name", 255, {
        nillable: personAccounts,
        nameField: true,
        compoundFieldName: "Name",
        extraTypeInfo: "switchablepersonname",
      }),
      ...(personAccounts ? personNameFields() : []),
      picklist("Type", "Account Type", 255, ACCOUNT_TYPES),
      ...(personAccounts
        ? [
            reference("RecordTypeId", "Record Type ID", "RecordType", "RecordType", {
              defaultedOnCreate: false,
            }),
          ]
        : []),
      reference("ParentId", "Parent Account ID", "Account", "Parent", {
        childRelationshipName: "ChildAccounts",
      }),
      ...addressFields("Billing", "Billing", { hasCodes }),
      ...addressFields("Shipping", "Shipping", { hasCodes }),
      ...companyFields(),
      owner(),
      ...auditFields(),
      ...activityFields(),
      ...(personAccounts ? personFields(hasCodes) : []),
      ...enrichmentFields(),
      ...packageFields,
      ...(personAccounts ? packageFields.map(personFieldOf) : []),
    ],
  };
}

function companyFields(): FieldModel[] {
  return [
    phone("Phone", "Account Phone"),
    phone("Fax", "Account Fax"),
    text("AccountNumber", "Account Number", 40),
    url("Website", "Website"),
    url("PhotoUrl", "Photo URL", { extraTypeInfo: "imageurl", ...READ_ONLY }),
    text("Sic", "SIC Code", 20),
    picklist("Industry", "Industry", 255, INDUSTRIES),
    currency("AnnualRevenue", "Annual Revenue", 18, 0),
    integer("NumberOfEmployees", "Employees", 8),
    picklist("Ownership", "Ownership", 255, OWNERSHIPS),
    text("TickerSymbol", "Ticker Symbol", 20),
    longTextArea("Description", "Account Description", 32000),
    picklist("Rating", "Account Rating", 255, RATINGS),
    text("Site", "Account Site", 80),
  ];
}

function enrichmentFields(): FieldModel[] {
  return [
    text("Jigsaw", "Data.com Key", 20),
    text("JigsawCompanyId", "Jigsaw Company ID", 20, { relationshipName: "JigsawCompany", ...READ_ONLY }),
    picklist("CleanStatus", "Clean Status", 40, CLEAN_STATUSES, { restrictedPicklist: true }),
    picklist("AccountSource", "Account Source", 255, LEAD_SOURCES),
    text("DunsNumber", "D-U-N-S Number", 9),
    text("Tradestyle", "Tradestyle", 255),
    text("NaicsCode", "NAICS Code", 8),
    text("NaicsDesc", "NAICS Description", 120),
    text("YearStarted", "Year Started", 4),
    text("SicDesc", "SIC Description", 80),
  ];
}
