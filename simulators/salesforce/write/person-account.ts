import { personName } from "./names";
import type { FieldModel, Row, Value } from "../model/types";
import type { Org } from "../org/org";

/** Writes the contact that belongs to a person account, made of the fields that both show. */
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
    OwnerId: account.OwnerId ?? null,
    CreatedDate: before?.CreatedDate ?? account.CreatedDate ?? null,
    CreatedById: before?.CreatedById ?? account.CreatedById ?? null,
    LastModifiedDate: account.LastModifiedDate ?? null,
    LastModifiedById: account.LastModifiedById ?? null,
    SystemModstamp: account.SystemModstamp ?? null,
  };
  for (const [accountField, contactField] of mirroredFields(org)) {
    copy(account, accountField.name, row, contactField);
  }
  row.Name = personName(row);
  org.store.put(contact, row);
}

/** Writes the person account again after its contact was edited. */
export function mirrorToAccount(org: Org, contactRow: Row): void {
  const account = org.schema.standard("Account");
  const before = org.store.table(account).get(String(contactRow.AccountId));
  if (!before) return;
  const row: Record<string, Value> = {
    ...before,
    LastModifiedDate: contactRow.LastModifiedDate ?? null,
    LastModifiedById: contactRow.LastModifiedById ?? null,
    SystemModstamp: contactRow.SystemModstamp ?? null,
  };
  for (const [accountField, contactField] of mirroredFields(org)) {
    copy(contactRow, contactField, row, accountField.name);
  }
  row.Name = personName(row);
  org.store.put(account, row);
}

function mirroredFields(org: Org): [FieldModel, string][] {
  const pairs: [FieldModel, string][] = [];
  for (const field of org.schema.standard("Account").model.fields) {
    if (field.mirrors) pairs.push([field, field.mirrors]);
  }
  return pairs;
}

function copy(from: Row, fromName: string, to: Record<string, Value>, toName: string): void {
  const value = from[fromName] ?? null;
  if (value === null) delete to[toName];
  else to[toName] = value;
}
