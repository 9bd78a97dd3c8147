import type { Simulator } from "../simulator";
import type { JsonObject } from "../venue/json";
import type { ServiceMethod } from "./api-path";
import { getContactData } from "./get-contact-data";
import { getOrderDetails } from "./get-order-details";
import { saveContact } from "./save-contact";
import { searchContact } from "./search-contact";

type Service = (simulator: Simulator, body: JsonObject) => JsonObject;

/** What each method does with a request's body; all throw BusinessError. */
export const services: Record<ServiceMethod, Service> = {
  getContactData,
  getOrderDetails,
  searchContact,
  saveIndividualContactData: (simulator, body) => saveContact(simulator, "individualContact", body),
  saveStructureContactData: (simulator, body) => saveContact(simulator, "structureContact", body),
};
