import { addressFields } from "./common-fields";
import {
  checkbox,
  date,
  dateTime,
  email,
  phone,
  picklist,
  READ_ONLY,
  reference,
  text,
} from "./field-builders";
import { GENDER_IDENTITIES, LEAD_SOURCES, PRONOUNS, SALUTATIONS } from "./picklists";
import type { FieldModel } from "./types";

const PERSON_NAME = { compoundFieldName: "Name", extraTypeInfo: "switchablepersonname" };

function mirrored(field: FieldModel, contactField: string): FieldModel {
  return { ...field, mirrors: contactField };
}

/** LastName, FirstName and Salutation, which stand next to Name once an org has person accounts. */
export function personNameFields(): FieldModel[] {
  return [
    mirrored(text("LastName", "Last Name", 80, { nameField: true, ...PERSON_NAME }), "LastName"),
    mirrored(text("FirstName", "First Name", 40, { nameField: true, ...PERSON_NAME }), "FirstName"),
    mirrored(picklist("Salutation", "Salutation", 40, SALUTATIONS, PERSON_NAME), "Salutation"),
  ];
}

/** PersonContactId, IsPersonAccount and the Person… fields, each with the contact field it shows. */
export function personFields(hasCodes: boolean): FieldModel[] {
  return [
    reference("PersonContactId", "Contact ID", "Contact", "PersonContact", READ_ONLY),
    checkbox("IsPersonAccount", "Is Person Account", READ_ONLY),
    ...addressFields("PersonMailing", "Mailing", { hasCodes, mirrorsPrefix: "Mailing" }),
    ...addressFields("PersonOther", "Other", { hasCodes, mirrorsPrefix: "Other" }),
    mirrored(phone("PersonMobilePhone", "Mobile"), "MobilePhone"),
    mirrored(phone("PersonHomePhone", "Home Phone"), "HomePhone"),
    mirrored(phone("PersonOtherPhone", "Other Phone"), "OtherPhone"),
    mirrored(phone("PersonAssistantPhone", "Asst. Phone"), "AssistantPhone"),
    mirrored(email("PersonEmail", "Email"), "Email"),
    mirrored(text("PersonTitle", "Title", 80), "Title"),
    mirrored(text("PersonDepartment", "Department", 80), "Department"),
    mirrored(text("PersonAssistantName", "Assistant", 40), "AssistantName"),
    mirrored(picklist("PersonLeadSource", "Lead Source", 255, LEAD_SOURCES), "LeadSource"),
    mirrored(date("PersonBirthdate", "Birthdate"), "Birthdate"),
    mirrored(checkbox("PersonHasOptedOutOfEmail", "Email Opt Out"), "HasOptedOutOfEmail"),
    mirrored(checkbox("PersonHasOptedOutOfFax", "Fax Opt Out"), "HasOptedOutOfFax"),
    mirrored(checkbox("PersonDoNotCall", "Do Not Call"), "DoNotCall"),
    mirrored(
      dateTime("PersonLastCURequestDate", "Last Stay-in-Touch Request Date", READ_ONLY),
      "LastCURequestDate",
    ),
    mirrored(
      dateTime("PersonLastCUUpdateDate", "Last Stay-in-Touch Save Date", READ_ONLY),
      "LastCUUpdateDate",
    ),
    mirrored(text("PersonEmailBouncedReason", "Email Bounced Reason", 255), "EmailBouncedReason"),
    mirrored(dateTime("PersonEmailBouncedDate", "Email Bounced Date"), "EmailBouncedDate"),
    mirrored(picklist("PersonPronouns", "Pronouns", 255, PRONOUNS), "Pronouns"),
    mirrored(picklist("PersonGenderIdentity", "Gender Identity", 255, GENDER_IDENTITIES), "GenderIdentity"),
  ];
}

/**
 * A custom field of Contact as it appears on Account in an org with person accounts: `X__c` becomes `X__pc`, never an
 * upsert key there, and never required, as businesses have no such value.
 */
export function personFieldOf(contactField: FieldModel): FieldModel {
  return {
    ...contactField,
    name: contactField.name.replace(/__c$/, "__pc"),
    relationshipName: contactField.relationshipName?.replace(/__r$/, "__pr") ?? null,
    childRelationshipName: contactField.childRelationshipName?.replace(/__r$/, "__pr") ?? null,
    controllerName: contactField.controllerName?.replace(/__c$/, "__pc") ?? null,
    nillable: contactField.type !== "boolean" && contactField.autoNumber === null,
    externalId: false,
    idLookup: false,
    mirrors: contactField.name,
  };
}
