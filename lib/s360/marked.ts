/** Setting a criterion of a contact, so that S-360's users see what S-360 has no call for (s360.md §1.5, §8.6). */
import type { Contact } from "@/lib/core/contact-side";
import { FaultError } from "@/lib/core/faults";
import { isMembers, type Members } from "./answer";
import { criterionForm as form, type ContactAssumptions } from "./assumptions";
import type { ContactSideConfig } from "./config";

interface MarkConfig {
  readonly sections: ContactSideConfig["sections"];
  readonly lists: ContactAssumptions["lists"];
}

/**
 * The contact with this criterion set and its other criteria as they are. Throws FaultError (not_expressible) where the
 * other criteria were not read and saving would take them away.
 */
export function markedContact(contact: Contact, criterion: string, config: MarkConfig): Contact {
  const list = contact[form.list] ?? [];
  const unread = contact[form.list] === undefined && !config.sections.includes(form.section);
  if (!Array.isArray(list) || (unread && config.lists === "replace")) throw criteriaUnread(criterion);
  const criteria: readonly unknown[] = list;
  const isIt = (item: unknown): item is Members => isMembers(item) && item[form.code] === criterion;
  const found = criteria.some(isIt);
  const added = found ? [] : [{ [form.code]: criterion, [form.value]: form.set }];
  return {
    ...contact,
    [form.list]: [...criteria.map((item) => (isIt(item) ? setItem(item) : item)), ...added],
  };
}

function setItem(item: Members): Members {
  return Array.isArray(item[form.values])
    ? { ...item, [form.values]: [form.set] }
    : { ...item, [form.value]: form.set };
}

function criteriaUnread(criterion: string): FaultError {
  return new FaultError({
    code: "not_expressible",
    sentence: `The criterion ${criterion} cannot be set, because the connector does not read the contact's other criteria and would remove them. Add ${form.section} to the sections of the connection.`,
  });
}
