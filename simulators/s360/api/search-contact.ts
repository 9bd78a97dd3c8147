import type { Simulator } from "../simulator";
import { isObject, objectsOf, textOf, type Json, type JsonObject } from "../venue/json";
import { BusinessError } from "./envelope";

const defaultResults = 100;
const mostResults = 1000;

/** The texts of a contact that each criterion is compared with; one that is equal is enough. */
const criteria: Record<string, (contact: JsonObject) => string[]> = {
  email: (contact) => objectsOf(contact.communicationMeans).map(({ email }) => textOf(email)),
  firstName: (contact) => [member(contact, "individualContact", "individualFirstName")],
  lastName: (contact) => [member(contact, "individualContact", "individualLastName")],
  officialName: (contact) => [member(contact, "structureContact", "officialName")],
};

/**
 * `searchContact`: the contacts that equal every criterion given, without case, in the order of their numbers,
 * from `minIndex` and at most `nbMaxResults` of them; `truncated` says whether there are more.
 * Throws BusinessError when there is no criterion.
 */
export function searchContact(simulator: Simulator, body: JsonObject): JsonObject {
  const asked = Object.keys(criteria).flatMap((name) => {
    const value = body[name] ?? "";
    if (typeof value !== "string")
      throw new BusinessError("error.request.validation", `${name} is not a text.`);
    return value.trim() === "" ? [] : [{ name, value: plain(value) }];
  });
  if (asked.length === 0)
    throw new BusinessError("error.search.noCriterion", `Give one of ${Object.keys(criteria).join(", ")}.`);
  const first = wholeNumber("minIndex", body.minIndex, 0, Number.MAX_SAFE_INTEGER);
  const most = wholeNumber("nbMaxResults", body.nbMaxResults, defaultResults, mostResults);
  const found = [...simulator.venue.contacts]
    .filter(([, contact]) =>
      asked.every(({ name, value }) => criteria[name]?.(contact).some((each) => plain(each) === value)),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, contact]) => contact);
  const contactDataList = found.slice(first, first + most);
  return { contactDataList, truncated: found.length > first + contactDataList.length };
}

function wholeNumber(name: string, value: Json | undefined, absent: number, most: number): number {
  if (value === undefined || value === null) return absent;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > most)
    throw new BusinessError("error.request.validation", `${name} is no whole number from 0 to ${most}.`);
  return value;
}

function member(contact: JsonObject, block: string, name: string): string {
  const part = contact[block];
  return isObject(part) ? textOf(part[name]) : "";
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
