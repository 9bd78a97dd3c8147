import { copyValue, mirroredFields, SHARED_FIELDS } from "./mirrored-fields";
import { personName } from "./names";
import type { Row, Value } from "../model/types";
import type { Org } from "../org/org";

/**
 * Writes the contact that belongs to a person account, made of the fields that both show. Both carry the same time of
 * change, whichever side changed (Change Data Capture guide, "Updating a Person Account").
 */
export function mirrorToContact(org: Org, account: Row): void {
  const contact = org.schema.standard("Contact");
  const contactId = String(account.PersonContactId);
  const before = org.store.table(contact).get(contactId);
  const row: Record<string, Value> = {
    IsDeleted: false,
    IsEmailBounced: false,
    ...before,
    Id: contactId,
    AccountId: account.Id ?? null,
    IsPersonAccount: true,
    CreatedDate: before?.CreatedDate ?? account.CreatedDate ?? null,
    CreatedById: before?.CreatedById ?? account.CreatedById ?? null,
    LastModifiedDate: account.LastModifiedDate ?? null,
    LastModifiedById: account.LastModifiedById ?? null,
    SystemModstamp: account.SystemModstamp ?? null,
  };
  for (const pair of mirroredFields(org)) copyValue(account, pair.account, row, pair.contact);
  for (const name of SHARED_FIELDS) if (contact.field(name)) copyValue(account, name, row, name);
  row.Name = personName(row);
  org.store.put(contact, row);
}
