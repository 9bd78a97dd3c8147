import { addressFields, auditFields, viewedFields } from "./common-fields";
import { currencyCode } from "./currencies";
import {
  checkbox,
  dateTime,
  email,
  phone,
  picklist,
  picklistValue,
  READ_ONLY,
  recordId,
  reference,
  text,
  textArea,
  url,
} from "./field-builders";
import { LANGUAGES, LOCALES, TIME_ZONES } from "./picklists";
import { SETUP_OBJECT } from "./setup-object";
import type { FieldModel, ObjectModel } from "./types";

const FIXED = { ...READ_ONLY, nillable: false };
const PERSON_NAME = { compoundFieldName: "Name", extraTypeInfo: "personname" };
const USER_TYPES = [
  picklistValue("Standard"),
  picklistValue("PowerPartner", "Partner"),
  picklistValue("CspLitePortal", "High Volume Portal"),
  picklistValue("Guest"),
  picklistValue("AutomatedProcess", "Automated Process"),
];
const ENCODINGS = [
  picklistValue("UTF-8", "Unicode (UTF-8)"),
  picklistValue("ISO-8859-1", "General US & Western Europe (ISO-8859-1, ISO-LATIN-1)"),
];

export interface UserShape {
  readonly multiCurrency: boolean;
  readonly stateCountryPicklists: boolean;
}

/** User (Object reference, "User"), without roles, portals and preferences; written by nobody here. */
export function userObject({ multiCurrency, stateCountryPicklists: hasCodes }: UserShape): ObjectModel {
  return {
    ...SETUP_OBJECT,
    name: "User",
    label: "User",
    labelPlural: "Users",
    keyPrefix: "005",
    layoutable: true,
    searchable: true,
    fields: [
      recordId("User ID"),
      text("Username", "Username", 80, { ...FIXED, unique: true, idLookup: true }),
      text("LastName", "Last Name", 80, { ...FIXED, ...PERSON_NAME }),
      text("FirstName", "First Name", 40, { ...READ_ONLY, ...PERSON_NAME }),
      text("Name", "Full Name", 121, { ...FIXED, nameField: true, extraTypeInfo: "personname" }),
      text("CompanyName", "Company Name", 80, READ_ONLY),
      text("Division", "Division", 80, READ_ONLY),
      text("Department", "Department", 80, READ_ONLY),
      text("Title", "Title", 80, READ_ONLY),
      ...addressFields("", "", { hasCodes, isReadOnly: true }),
      email("Email", "Email", { ...FIXED, length: 128, idLookup: true }),
      phone("Phone", "Phone", READ_ONLY),
      phone("Fax", "Fax", READ_ONLY),
      phone("MobilePhone", "Mobile", READ_ONLY),
      text("Alias", "Alias", 8, FIXED),
      text("CommunityNickname", "Nickname", 40, FIXED),
      checkbox("IsActive", "Active", READ_ONLY),
      ...localeFields(),
      ...(multiCurrency
        ? [
            { ...currencyCode("DefaultCurrencyIsoCode", "Default Currency ISO Code"), ...READ_ONLY },
            { ...currencyCode("CurrencyIsoCode", "User Currency"), ...READ_ONLY },
          ]
        : []),
      text("EmployeeNumber", "Employee Number", 20, READ_ONLY),
      reference("ManagerId", "Manager ID", "User", "Manager", {
        ...READ_ONLY,
        childRelationshipName: "ManagedUsers",
      }),
      reference("ProfileId", "Profile ID", "Profile", "Profile", {
        ...FIXED,
        childRelationshipName: "Users",
      }),
      dateTime("LastLoginDate", "Last Login", READ_ONLY),
      ...auditFields(),
      text("FederationIdentifier", "SAML Federation ID", 512, { ...READ_ONLY, caseSensitive: true }),
      textArea("AboutMe", "About Me", 1000, READ_ONLY),
      url("FullPhotoUrl", "Url for full-sized Photo", { ...READ_ONLY, length: 1024 }),
      url("SmallPhotoUrl", "Photo", { ...READ_ONLY, length: 1024 }),
      ...viewedFields(),
    ],
  };
}

function localeFields(): FieldModel[] {
  return [
    picklist("TimeZoneSidKey", "Time Zone", 40, TIME_ZONES, { ...FIXED, restrictedPicklist: true }),
    picklist("LocaleSidKey", "Locale", 40, LOCALES, { ...FIXED, restrictedPicklist: true }),
    picklist("EmailEncodingKey", "Email Encoding", 40, ENCODINGS, { ...FIXED, restrictedPicklist: true }),
    picklist("UserType", "User Type", 40, USER_TYPES, { ...READ_ONLY, restrictedPicklist: true }),
    picklist("LanguageLocaleKey", "Language", 40, LANGUAGES, { ...FIXED, restrictedPicklist: true }),
  ];
}
