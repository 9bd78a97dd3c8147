import type { Simulator } from "../simulator";
import type { JsonObject } from "../venue/json";
import type { ContactMethod } from "./api-path";
import { getContactData } from "./get-contact-data";
import { saveContact } from "./save-contact";
import { searchContact } from "./search-contact";

type ContactService = (simulator: Simulator, body: JsonObject) => JsonObject;

/** What each method does with a request's body; all throw BusinessError. */
export const contactServices: Record<ContactMethod, ContactService> = {
  getContactData,
  searchContact,
  saveIndividualContactData: (simulator, body) => saveContact(simulator, "individualContact", body),
  saveStructureContactData: (simulator, body) => saveContact(simulator, "structureContact", body),
};
