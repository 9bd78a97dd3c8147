import { isObject, type Json, type JsonObject } from "./json";

const anonymous = "XXXXXXXX";
const names = ["individualFirstName", "individualLastName", "officialName"];
const personal = ["addresses", "communicationMeans", "authorizations", "contactCriteria", "indicators"];

/** State of a contact that was anonymised; it cannot be changed any more. */
export const deletedState = "ACCOUNT_DELETED";

/**
 * The contact without what tells who it is, as S-360's anonymisation leaves it: names XXXXXXXX, state ACCOUNT_DELETED;
 * numbers, role and sales stay. That personal sections become empty, and connections stay, is an assumption.
 */
export function anonymised(contact: JsonObject): JsonObject {
  const left: JsonObject = { ...contact, state: deletedState };
  for (const section of personal) left[section] = [];
  if ("function" in contact) left.function = null;
  for (const block of ["individualContact", "structureContact"]) {
    const part = contact[block];
    if (isObject(part)) left[block] = Object.fromEntries(Object.keys(part).map((key) => [key, blanked(key)]));
  }
  return left;
}

function blanked(key: string): Json {
  if (names.includes(key)) return anonymous;
  return key === "title" ? "UNDEFINED" : null;
}
