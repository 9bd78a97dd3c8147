import type { JsonObject } from "../venue/json";

/**
 * "Details" of the contact webhook and the top-level keys that each one brings. The names are those that
 * `getContactData` accepts; which key belongs to which is an assumption where the public pages are cut.
 */
const contactSections = {
  GENERAL: [],
  QUALITIES: ["contactQualities"],
  AUTHORIZATIONS: ["authorizations"],
  CRITERIA: ["contactCriteria"],
  INDICATORS: ["indicators"],
  ADVANTAGES: ["advantages", "hasAdvantages"],
  ADDRESSES: ["addresses"],
  COM_MEANS: ["communicationMeans"],
  FINANCIAL: ["financialData"],
  CONNECTIONS: ["contactConnections"],
  INDIVIDUAL_PHOTO: ["individualPhoto"],
  INVALIDATED_QUALITIES: ["invalidatedQualities"],
} as const;

export type ContactDetail = keyof typeof contactSections;
export const contactDetails = Object.keys(contactSections) as ContactDetail[];

export const orderDetails = ["OPERATIONS", "MOVEMENTS", "TICKETS"] as const;
type OrderDetail = (typeof orderDetails)[number];

const identity = ["contactNumber", "contactId"];
const detailOfKey = new Map<string, ContactDetail>(
  contactDetails.flatMap((detail) => contactSections[detail].map((key) => [key, detail] as const)),
);

/**
 * The contact as the webhook sends it: a section that is not selected is absent, not empty. The number is always
 * there; keys that belong to no named section are GENERAL.
 */
export function selectContactDetails(contact: JsonObject, selected: readonly ContactDetail[]): JsonObject {
  const wanted = new Set(selected);
  const kept = Object.entries(contact).filter(
    ([key]) => identity.includes(key) || wanted.has(detailOfKey.get(key) ?? "GENERAL"),
  );
  return Object.fromEntries(kept);
}

/** The order down to a granularity; each level includes the one before (order webhook, "Granularity"). */
export function selectOrderDetail(order: JsonObject, granularity: OrderDetail): JsonObject {
  const dropped: Record<OrderDetail, string[]> = {
    OPERATIONS: ["movementDatas", "ticketDatas"],
    MOVEMENTS: ["ticketDatas"],
    TICKETS: [],
  };
  return Object.fromEntries(Object.entries(order).filter(([key]) => !dropped[granularity].includes(key)));
}
