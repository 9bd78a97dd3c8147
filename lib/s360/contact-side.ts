/** S-360's contact service in the engine's words (s360.md §4.5). */
import type { Contact, ContactSide, OrderReader } from "@/lib/core/contact-side";
import { FaultError } from "@/lib/core/faults";
import { contactIn, contactNumberOf, isBare, isMembers, withoutEnvelope, type Members } from "./answer";
import type { ContactAssumptions } from "./assumptions";
import { answerLost } from "./call-failure";
import { createContactClient } from "./client";
import type { ContactSideConfig } from "./config";
import { criteriaOf, queryFor } from "./contact-query";
import { tooLong } from "./limits";
import { markedContact } from "./marked";
import { newContact } from "./new-contact";
import { readOrder } from "./read-order";
import { createPrepaid } from "./prepaid";

/** Opening costs no call; `read`, `readOrder`, `save` and `search` are one call of a service each. */
export function openContactSide(config: ContactSideConfig): ContactSide & OrderReader {
  const client = createContactClient(config);
  const { assumptions } = client;
  const prepaid = createPrepaid(config);
  return {
    read: async (contactNumber, { thenSave = false, before } = {}) => {
      const question = { contactNumber, details: config.sections };
      const pay = thenSave ? prepaid.payForRead(contactNumber) : undefined;
      const answer = await client
        .call("getContactData", question, "none", { pay, before })
        .catch(nullIfMissing);
      return answer && contactOfRead(answer, assumptions);
    },
    save: async (kind, contact, sections, before) => {
      const sentNumber = contactNumberOf(contact);
      const rest =
        sentNumber !== null && sections ? changedOnly(contact, sections, assumptions) : restOf(contact);
      const { saveStructureMethod, saveIndividualMethod, saveWrapper } = assumptions;
      const method = kind === "structure" ? saveStructureMethod : saveIndividualMethod;
      const body = sentNumber === null ? rest : { contactNumber: sentNumber, ...rest };
      const effect = sentNumber === null ? "create" : "update";
      const wrapped = saveWrapper ? { [saveWrapper]: body } : body;
      const pay = sentNumber === null ? undefined : prepaid.payForSave(sentNumber);
      const answer = await client.call(method, wrapped, effect, { pay, before });
      const stored = contactIn(answer, assumptions.contactWrapper);
      const contactNumber = (stored && contactNumberOf(stored)) ?? sentNumber;
      if (contactNumber === null) {
        throw answerLost("S-360 created the contact but did not name its number.", {
          code: "NO_NUMBER",
          message: "",
        });
      }
      return { contactNumber, contact: stored && saysMoreThanNumbers(stored) ? stored : null };
    },
    readOrder: (orderId, options) => readOrder(client, orderId, options),
    blank: newContact,
    queryFor,
    tooLong,
    marked: (contact, criterion) =>
      markedContact(contact, criterion, { sections: config.sections, lists: assumptions.lists }),
    search: async (query) => {
      const criteria = criteriaOf(query, assumptions);
      if (criteria === null) throw noCriteria();
      const answer = await client.call(assumptions.searchMethod, criteria, "none").catch(nullIfMissing);
      return answer ? contactsOfSearch(answer, assumptions) : [];
    },
  };
}

/** The contact without its number and envelope. */
function restOf(contact: Contact): Members {
  const { contactNumber: _, ...rest } = withoutEnvelope(contact);
  return rest;
}

/** The sections that changed, where it is known that S-360 keeps the others (s360.md §8.17). */
function changedOnly(contact: Contact, sections: readonly string[], { saves }: ContactAssumptions): Members {
  const rest = restOf(contact);
  if (saves === "contact") return rest;
  return Object.fromEntries(Object.entries(rest).filter(([name]) => sections.includes(name)));
}

/** For a question, a contact that is not there is an answer. */
function nullIfMissing(error: unknown): null {
  if (error instanceof FaultError && error.fault.code === "contact_missing") return null;
  throw error;
}

function contactOfRead(answer: Members, { contactWrapper }: ContactAssumptions): Contact | null {
  const contact = contactIn(answer, contactWrapper);
  if (contact) return contact;
  // Nothing beside the envelope is an unknown number; anything else must not be taken for one.
  if (isBare(answer)) return null;
  throw unknownShape(answer);
}

function contactsOfSearch(answer: Members, { searchListMembers }: ContactAssumptions): readonly Contact[] {
  const list = searchListMembers.map((name) => answer[name]).find((value) => Array.isArray(value));
  if (list) return list.filter((entry) => isMembers(entry)).map(withoutEnvelope);
  if (isBare(answer)) return [];
  throw unknownShape(answer);
}

/** Ids come with the number; only other members that hold something are a stored contact. */
function saysMoreThanNumbers(contact: Contact): boolean {
  return Object.entries(contact).some(
    ([name, value]) => name !== "contactNumber" && name !== "contactId" && value !== null,
  );
}

function unknownShape(answer: Members): FaultError {
  return new FaultError({
    code: "s360_unreachable",
    sentence:
      "S-360 answers in a form that the connector does not know. Compare the connection's assumptions about the contact service with S-360's documentation.",
    origin: { code: "UNKNOWN_FORM", message: Object.keys(answer).slice(0, 20).join(", ").slice(0, 500) },
  });
}

function noCriteria(): FaultError {
  return new FaultError({
    code: "internal",
    sentence: "The connector asked S-360 for contacts without saying whom. Report this.",
  });
}
