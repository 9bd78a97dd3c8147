import type { Simulator } from "../simulator";
import { idText, isObject, type Json, type JsonObject } from "../venue/json";
import { deletedState } from "../venue/anonymise";
import { contactKind } from "../venue/venue";
import { saveViolations, type ContactBlock } from "./check-save";
import { BusinessError } from "./envelope";
import { knownContact } from "./get-contact-data";
import { listSections } from "./members";
import { savedList } from "./merge-lists";
import { storedIndividual, storedMeans } from "./stored-form";

/**
 * `saveIndividualContactData` and `saveStructureContactData`: creates the contact when the body has no contactNumber,
 * otherwise changes the sections that are present. Stores and, with the setting `echo`, queues it.
 * Throws BusinessError and leaves everything as it was.
 */
export function saveContact(simulator: Simulator, block: ContactBlock, body: JsonObject): JsonObject {
  const stored = storedContact(simulator, block, body);
  const { api: settings } = simulator.settings;
  const violations = saveViolations(body, block, stored, simulator.venue, settings);
  if (violations.length > 0) throw new BusinessError("error.contact.validation", violations.join("; "));
  const contact = changed(simulator, block, stored ?? blank(block), body);
  const mains = Array.isArray(contact.addresses) ? contact.addresses.filter(isMain).length : 0;
  if (mains > 1)
    throw new BusinessError(
      "error.contact.validation",
      `addresses have ${mains} main addresses, at most one is allowed`,
    );
  const numbered = stored === null ? { ...contact, ...simulator.newContactNumber() } : contact;
  const number = simulator.putByApi(numbered);
  return settings.answers === "number" ? { contactNumber: number } : simulator.venue.body("contacts", number);
}

/** The contact that the body names; null when it names none and one is created. */
function storedContact(simulator: Simulator, block: ContactBlock, body: JsonObject): JsonObject | null {
  const number = idText(body.contactNumber);
  if (number === null && (body.contactNumber ?? null) === null) return null;
  const stored = knownContact(simulator, body.contactNumber);
  const isStructure = contactKind(stored) === "structure";
  if (isStructure !== (block === "structureContact"))
    throw new BusinessError(
      "error.contact.kind",
      `Contact ${number} is ${isStructure ? "a structure" : "an individual"} and is saved by another method.`,
    );
  if (stored.state === deletedState)
    throw new BusinessError(
      "error.contact.deleted",
      `Contact ${number} was anonymised and cannot be changed.`,
    );
  return stored;
}

function changed(
  simulator: Simulator,
  block: ContactBlock,
  stored: JsonObject,
  body: JsonObject,
): JsonObject {
  const { api: settings } = simulator.settings;
  const contact: JsonObject = { ...stored };
  if (typeof body.role === "string") contact.role = body.role;
  if (body.function !== undefined) contact.function = body.function;
  if (isObject(body[block])) {
    const sent = block === "individualContact" ? storedIndividual(body[block], settings) : body[block];
    contact[block] = { ...(isObject(stored[block]) ? stored[block] : {}), ...sent };
  }
  for (const section of listSections) {
    const given = body[section];
    if (given === undefined) continue;
    const sent: Json = section === "communicationMeans" ? storedMeans(given, settings) : given;
    const newId = () =>
      section === "addresses" ? simulator.numbers.address() : simulator.numbers.communicationMean();
    contact[section] = savedList(section, stored[section], sent, settings.lists, newId);
  }
  return contact;
}

/** What a contact is before its first save. */
function blank(block: ContactBlock): JsonObject {
  const nothing = (...members: string[]): JsonObject =>
    Object.fromEntries(members.map((member) => [member, null]));
  const isPerson = block === "individualContact";
  return {
    contactNumber: null,
    type: isPerson ? "INDIVIDUAL" : "STRUCTURE",
    role: "PUBLIC",
    state: "ACTIVE",
    function: null,
    [block]: isPerson
      ? {
          title: "UNDEFINED",
          ...nothing("individualFirstName", "individualLastName", "birthday", "language"),
        }
      : nothing("officialName", "addressName1", "addressName2", "structureType", "vatNumber"),
    addresses: [],
    communicationMeans: [],
    authorizations: [],
    contactCriteria: [],
    indicators: [],
    contactConnections: [],
  };
}

function isMain(address: Json): boolean {
  return isObject(address) && address.main === true;
}
