import type { JsonObject } from "../venue/json";
import type { ApiSettings } from "./api-settings";
import { longest } from "./lengths";
import {
  country,
  email,
  flag,
  id,
  instant,
  language,
  listOf,
  phone,
  required,
  text,
  title,
  type Rule,
} from "./rules";

export type Members = Readonly<Record<string, Rule>>;

export const listSections = [
  "addresses",
  "communicationMeans",
  "authorizations",
  "contactCriteria",
  "contactConnections",
] as const;
export type ListSection = (typeof listSections)[number];

export const individualMembers: Members = {
  title,
  individualFirstName: text(longest.individualFirstName),
  individualLastName: text(longest.individualLastName),
  individualGender: text(longest.individualGender),
  birthday: instant,
  language,
};

export const structureMembers: Members = {
  officialName: text(longest.officialName),
  addressName1: text(longest.addressName1),
  addressName2: text(longest.addressName2),
  structureType: text(longest.structureType),
  vatNumber: text(longest.vatNumber),
};

/** The member that names an item of a list: an id that S-360 assigns, or a code that the caller chooses. */
export const itemKeys: Record<ListSection, { key: string; assigned: boolean }> = {
  addresses: { key: "contactAddressId", assigned: true },
  communicationMeans: { key: "communicationMeanId", assigned: true },
  authorizations: { key: "authorizationCode", assigned: false },
  contactCriteria: { key: "code", assigned: false },
  contactConnections: { key: "contactNumber", assigned: false },
};

/** What an item of a list is made of. */
export function itemMembers(section: ListSection, settings: ApiSettings): Members {
  const number = phone(settings.phones === "spaced");
  const members: Record<ListSection, Members> = {
    addresses: {
      contactAddressId: id,
      name: text(longest.name),
      main: flag,
      billingAddress: flag,
      shippingAddress: flag,
      street1: text(longest.street1),
      street2: text(longest.street2),
      street3: text(longest.street3),
      street4: text(longest.street4),
      zipCode: text(longest.zipCode),
      town: text(longest.town),
      countryCode: country,
    },
    communicationMeans: {
      communicationMeanId: id,
      contactAddressId: id,
      email,
      phone: number,
      cellularPhone: number,
    },
    authorizations: { authorizationCode: required(text(longest.authorizationCode)), allowed: required(flag) },
    contactCriteria: {
      code: required(text(longest.criterionCode)),
      name: text(longest.criterionValue),
      value: text(longest.criterionValue),
      values: listOf(text(longest.criterionValue)),
    },
    contactConnections: {
      contactNumber: required(text(longest.contactNumber)),
      connectionType: text(longest.connectionType),
    },
  };
  return members[section];
}

/** What a new item has where the caller says nothing. */
export const newItem: Record<ListSection, JsonObject> = {
  addresses: {
    main: false,
    billingAddress: false,
    shippingAddress: false,
    street1: null,
    street2: null,
    street3: null,
    street4: null,
    zipCode: null,
    town: null,
    countryCode: null,
  },
  communicationMeans: { contactAddressId: null, email: null },
  authorizations: {},
  contactCriteria: {},
  contactConnections: { connectionType: "MEMBER_OF" },
};

/** Members of a contact that S-360 keeps itself: a save may carry them, as a read gave them, and changes nothing. */
export const ownMembers: ReadonlySet<string> = new Set([
  "contactNumber",
  "contactId",
  "contactOrigin",
  "creationDate",
  "endValidityDate",
  "type",
  "state",
  "indicators",
  "contactQualities",
  "invalidatedQualities",
  "advantages",
  "hasAdvantages",
  "hasWarning",
  "financialData",
  "individualPhoto",
  "login",
  "guest",
  "requestId",
  "statusCode",
  "statusDetail",
  "statusMessage",
]);
