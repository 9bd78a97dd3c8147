import type { Simulator } from "../simulator";
import { idText, type Json, type JsonObject } from "../venue/json";
import { contactDetails, selectContactDetails } from "../webhook/details";
import { BusinessError } from "./envelope";
import { longest } from "./lengths";
import { text } from "./rules";

/** The contact of this number. Throws BusinessError `error.contact.notFound`. */
export function knownContact(simulator: Simulator, asked: Json | undefined): JsonObject {
  const number = idText(asked);
  if (number === null) throw new BusinessError("error.request.validation", "contactNumber is required.");
  const tooLong = text(longest.contactNumber)(number);
  if (tooLong !== null) throw new BusinessError("error.request.validation", `contactNumber ${tooLong}.`);
  const contact = simulator.venue.contacts.get(number);
  if (contact === undefined)
    throw new BusinessError("error.contact.notFound", `There is no contact with the number ${number}.`);
  return contact;
}

/** `getContactData`: the contact's members, only the details asked for, all when the list is absent. */
export function getContactData(simulator: Simulator, body: JsonObject): JsonObject {
  const details = readDetails(body.details ?? null);
  return selectContactDetails(knownContact(simulator, body.contactNumber), details);
}

function readDetails(asked: Json) {
  if (asked === null) return contactDetails;
  if (!Array.isArray(asked)) throw new BusinessError("error.request.validation", "details is not a list.");
  return asked.map((name) => {
    const detail = contactDetails.find((each) => each === name);
    if (detail !== undefined) return detail;
    throw new BusinessError(
      "error.request.validation",
      `details has ${JSON.stringify(name)}, which is none of ${contactDetails.join(", ")}.`,
    );
  });
}
