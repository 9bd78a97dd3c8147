import { addressFields, authorFields, systemModstamp } from "./common-fields";
import {
  checkbox,
  dateTime,
  email,
  integer,
  phone,
  picklist,
  picklistValue,
  READ_ONLY,
  recordId,
  text,
  url,
} from "./field-builders";
import { LANGUAGES, LOCALES, TIME_ZONES } from "./picklists";
import { SETUP_OBJECT } from "./setup-object";
import type { FieldModel, ObjectModel, PicklistValueModel } from "./types";

const FIXED = { ...READ_ONLY, nillable: false };
const EDITIONS = ["Team Edition", "Professional Edition", "Enterprise Edition", "Developer Edition"];
const RECORD_ACCESS = [
  picklistValue("None", "Private"),
  picklistValue("Read", "Public Read Only"),
  picklistValue("Edit", "Public Read/Write"),
  picklistValue("ReadEditTransfer", "Public Read/Write/Transfer"),
  picklistValue("All", "Public Full Access"),
  picklistValue("ControlledByParent", "Controlled by Parent"),
];
const CALENDAR_ACCESS = [
  picklistValue("HideDetails", "Hide Details"),
  picklistValue("HideDetailsInsert", "Hide Details and Add Events"),
  picklistValue("ShowDetails", "Show Details"),
  picklistValue("ShowDetailsInsert", "Show Details and Add Events"),
  picklistValue("AllowEdits", "Full Access"),
];
const PRICEBOOK_ACCESS = [
  picklistValue("None", "No Access"),
  picklistValue("Read", "View Only"),
  picklistValue("ReadSelect", "Use"),
];
const PREFERENCES: readonly [name: string, label: string][] = [
  ["RequireOpportunityProducts", "Require Opportunity Products"],
  ["TransactionSecurityPolicy", "Transaction Security Policy"],
  ["TerminateOldestSession", "Terminate Oldest Session"],
  ["ConsentManagementEnabled", "Consent Management Enabled"],
  ["AutoSelectIndividualOnMerge", "Auto Select Individual On Merge"],
  ["LightningLoginEnabled", "Lightning Login Enabled"],
  ["OnlyLLPermUserAllowed", "Only LL Perm User Allowed"],
];

/** Organization, with the fields of the recorded row in its order. */
export function organizationObject(shape: { readonly stateCountryPicklists: boolean }): ObjectModel {
  return {
    ...SETUP_OBJECT,
    name: "Organization",
    label: "Organization",
    labelPlural: "Organizations",
    keyPrefix: "00D",
    fields: [
      recordId("Organization ID"),
      text("Name", "Name", 80, { ...FIXED, nameField: true }),
      text("Division", "Division", 80, READ_ONLY),
      ...addressFields("", "", { hasCodes: shape.stateCountryPicklists, isReadOnly: true }),
      phone("Phone", "Phone", READ_ONLY),
      phone("Fax", "Fax", READ_ONLY),
      text("PrimaryContact", "Primary Contact", 80, READ_ONLY),
      picklist("DefaultLocaleSidKey", "Locale", 40, LOCALES, { ...FIXED, restrictedPicklist: true }),
      picklist("TimeZoneSidKey", "Time Zone", 40, TIME_ZONES, { ...FIXED, restrictedPicklist: true }),
      picklist("LanguageLocaleKey", "Language", 40, LANGUAGES, { ...FIXED, restrictedPicklist: true }),
      checkbox("ReceivesInfoEmails", "Info Emails", READ_ONLY),
      checkbox("ReceivesAdminInfoEmails", "Info Emails Admin", READ_ONLY),
      ...PREFERENCES.map(([name, label]) => checkbox(`Preferences${name}`, label, READ_ONLY)),
      integer("FiscalYearStartMonth", "Fiscal Year Starts In", 9, READ_ONLY),
      checkbox("UsesStartDateAsFiscalYearName", "Fiscal Year Name by Start", READ_ONLY),
      ...defaultAccess(),
      ...editionFields(),
      ...authorFields(),
    ],
  };
}

function defaultAccess(): FieldModel[] {
  const access = (object: string, values: readonly PicklistValueModel[]) =>
    picklist(`Default${object}Access`, `Default ${object} Access`, 40, values, {
      ...READ_ONLY,
      restrictedPicklist: true,
    });
  return [
    ...["Account", "Contact", "Opportunity", "Lead", "Case"].map((object) => access(object, RECORD_ACCESS)),
    access("Calendar", CALENDAR_ACCESS),
    access("Pricebook", PRICEBOOK_ACCESS),
    access("Campaign", RECORD_ACCESS),
  ];
}

function editionFields(): FieldModel[] {
  return [
    url("DelegatedAuthenticationServiceUrl", "Delegated Gateway URL", READ_ONLY),
    systemModstamp(),
    email("ComplianceBccEmail", "Compliance BCC Email", READ_ONLY),
    picklist("UiSkin", "UI Skin", 40, ["Theme2", "Theme3"], { ...READ_ONLY, restrictedPicklist: true }),
    text("SignupCountryIsoCode", "Signup Country", 2, READ_ONLY),
    dateTime("TrialExpirationDate", "Trial Expiration Date", READ_ONLY),
    integer("NumKnowledgeService", "Knowledge Licenses", 9, READ_ONLY),
    picklist("OrganizationType", "Edition", 40, EDITIONS, { ...READ_ONLY, restrictedPicklist: true }),
    text("NamespacePrefix", "Namespace Prefix", 15, READ_ONLY),
    text("InstanceName", "Instance Name", 5, READ_ONLY),
    checkbox("IsSandbox", "Is Sandbox", READ_ONLY),
    text("WebToCaseDefaultOrigin", "Web to Cases Default Origin", 40, READ_ONLY),
    integer("MonthlyPageViewsUsed", "Monthly Page Views Used", 9, READ_ONLY),
    integer("MonthlyPageViewsEntitlement", "Monthly Page Views Allowed", 9, READ_ONLY),
    checkbox("IsReadOnly", "Is Read Only", READ_ONLY),
  ];
}
