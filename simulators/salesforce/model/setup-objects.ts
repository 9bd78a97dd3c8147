import { auditFields } from "./common-fields";
import { checkbox, email, picklist, READ_ONLY, recordId, text } from "./field-builders";
import type { ObjectModel } from "./types";

const SETUP_OBJECT = {
  custom: false,
  createable: false,
  updateable: false,
  deletable: false,
  mergeable: false,
  layoutable: false,
  searchable: false,
  triggerable: false,
  recordTypes: [],
};
const FIXED = { ...READ_ONLY, nillable: false };

/** RecordType, User and Organization: readable, and not to be changed by the integration user. */
export const SETUP_OBJECTS: readonly ObjectModel[] = [
  {
    ...SETUP_OBJECT,
    name: "RecordType",
    label: "Record Type",
    labelPlural: "Record Types",
    keyPrefix: "012",
    fields: [
      recordId("Record Type ID"),
      text("Name", "Name", 80, { ...FIXED, nameField: true }),
      text("DeveloperName", "Record Type Name", 80, FIXED),
      text("NamespacePrefix", "Namespace Prefix", 15, READ_ONLY),
      text("Description", "Description", 255, READ_ONLY),
      picklist("SobjectType", "SObject Type Name", 40, [], { ...FIXED, restrictedPicklist: true }),
      checkbox("IsActive", "Active", READ_ONLY),
      checkbox("IsPersonType", "Is Person Type", READ_ONLY),
      ...auditFields(),
    ],
  },
  {
    ...SETUP_OBJECT,
    name: "User",
    label: "User",
    labelPlural: "Users",
    keyPrefix: "005",
    searchable: true,
    fields: [
      recordId("User ID"),
      text("Username", "Username", 80, { ...FIXED, unique: true, idLookup: true }),
      text("LastName", "Last Name", 80, FIXED),
      text("FirstName", "First Name", 40, READ_ONLY),
      text("Name", "Full Name", 121, { ...FIXED, nameField: true, extraTypeInfo: "personname" }),
      text("Alias", "Alias", 8, FIXED),
      email("Email", "Email", { ...FIXED, idLookup: true }),
      checkbox("IsActive", "Active", READ_ONLY),
      picklist("UserType", "User Type", 40, ["Standard", "AutomatedProcess"], READ_ONLY),
      picklist("TimeZoneSidKey", "Time Zone", 40, ["Europe/Zurich", "GMT"], FIXED),
      picklist("LocaleSidKey", "Locale", 40, ["en_US", "fr_CH", "de_CH"], FIXED),
      picklist("LanguageLocaleKey", "Language", 40, ["en_US", "fr", "de"], FIXED),
      ...auditFields(),
    ],
  },
  {
    ...SETUP_OBJECT,
    name: "Organization",
    label: "Organization",
    labelPlural: "Organizations",
    keyPrefix: "00D",
    fields: [
      recordId("Organization ID"),
      text("Name", "Name", 80, { ...FIXED, nameField: true }),
      text("Country", "Country", 80, READ_ONLY),
      picklist("DefaultLocaleSidKey", "Locale", 40, ["en_US", "fr_CH", "de_CH"], FIXED),
      picklist("LanguageLocaleKey", "Language", 40, ["en_US", "fr", "de"], FIXED),
      picklist("TimeZoneSidKey", "Time Zone", 40, ["Europe/Zurich", "GMT"], FIXED),
      picklist("OrganizationType", "Edition", 40, ["Developer Edition", "Enterprise Edition"], READ_ONLY),
      text("NamespacePrefix", "Namespace Prefix", 15, READ_ONLY),
      text("InstanceName", "Instance Name", 5, READ_ONLY),
      checkbox("IsSandbox", "Is Sandbox", READ_ONLY),
      ...auditFields(),
    ],
  },
];
