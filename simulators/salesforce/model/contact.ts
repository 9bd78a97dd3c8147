import type { PeopleShape } from "./account";
import { addressFields, auditFields, isDeleted, masterRecord, owner, viewedFields } from "./common-fields";
import {
  checkbox,
  date,
  dateTime,
  email,
  longTextArea,
  phone,
  picklist,
  READ_ONLY,
  recordId,
  reference,
  text,
  url,
} from "./field-builders";
import { CLEAN_STATUSES, GENDER_IDENTITIES, LEAD_SOURCES, PRONOUNS, SALUTATIONS } from "./picklists";
import { RECORD_OBJECT } from "./record-object";
import type { FieldModel, ObjectModel } from "./types";

const PERSON_NAME = { compoundFieldName: "Name", extraTypeInfo: "personname" };

/** Contact: standard fields as recorded describes show them, plus what installed packages add. */
export function contactObject(
  { personAccounts, stateCountryPicklists: hasCodes }: PeopleShape,
  packageFields: readonly FieldModel[],
): ObjectModel {
  return {
    name: "Contact",
    label: "Contact",
    labelPlural: "Contacts",
    keyPrefix: "003",
    ...RECORD_OBJECT,
    mergeable: true,
    fields: [
      recordId("Contact ID"),
      isDeleted(),
      masterRecord("Contact"),
      reference("AccountId", "Account ID", "Account", "Account", {
        childRelationshipName: "Contacts",
        cascadeDelete: true,
      }),
      ...(personAccounts ? [checkbox("IsPersonAccount", "Is Person Account", READ_ONLY)] : []),
      text("LastName", "Last Name", 80, { nillable: false, ...PERSON_NAME }),
      text("FirstName", "First Name", 40, PERSON_NAME),
      picklist("Salutation", "Salutation", 40, SALUTATIONS, PERSON_NAME),
      text("Name", "Full Name", 121, {
        nillable: false,
        nameField: true,
        extraTypeInfo: "personname",
        ...READ_ONLY,
      }),
      ...addressFields("Other", "Other", { hasCodes }),
      ...addressFields("Mailing", "Mailing", { hasCodes }),
      ...communicationFields(),
      longTextArea("Description", "Contact Description", 32000),
      owner(),
      checkbox("HasOptedOutOfEmail", "Email Opt Out"),
      checkbox("HasOptedOutOfFax", "Fax Opt Out"),
      checkbox("DoNotCall", "Do Not Call"),
      ...auditFields(),
      date("LastActivityDate", "Last Activity", READ_ONLY),
      dateTime("LastCURequestDate", "Last Stay-in-Touch Request Date", READ_ONLY),
      dateTime("LastCUUpdateDate", "Last Stay-in-Touch Save Date", READ_ONLY),
      ...viewedFields(),
      text("EmailBouncedReason", "Email Bounced Reason", 255),
      dateTime("EmailBouncedDate", "Email Bounced Date"),
      checkbox("IsEmailBounced", "Is Email Bounced", READ_ONLY),
      url("PhotoUrl", "Photo URL", { extraTypeInfo: "imageurl", ...READ_ONLY }),
      text("Jigsaw", "Data.com Key", 20),
      text("JigsawContactId", "Jigsaw Contact ID", 20, { relationshipName: "JigsawContact", ...READ_ONLY }),
      picklist("CleanStatus", "Clean Status", 40, CLEAN_STATUSES, { restrictedPicklist: true }),
      picklist("Pronouns", "Pronouns", 255, PRONOUNS),
      picklist("GenderIdentity", "Gender Identity", 255, GENDER_IDENTITIES),
      ...packageFields,
    ],
  };
}

function communicationFields(): FieldModel[] {
  return [
    phone("Phone", "Business Phone"),
    phone("Fax", "Business Fax"),
    phone("MobilePhone", "Mobile Phone"),
    phone("HomePhone", "Home Phone"),
    phone("OtherPhone", "Other Phone"),
    phone("AssistantPhone", "Asst. Phone"),
    reference("ReportsToId", "Reports To ID", "Contact", "ReportsTo"),
    email("Email", "Email", { idLookup: true }),
    text("Title", "Title", 128),
    text("Department", "Department", 80),
    text("AssistantName", "Assistant's Name", 40),
    picklist("LeadSource", "Lead Source", 255, LEAD_SOURCES),
    date("Birthdate", "Birthdate"),
  ];
}
