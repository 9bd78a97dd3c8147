import type { Change } from "./change";
import { personDefaults } from "./insert-defaults";
import { copyValue, mirroredFields } from "./mirrored-fields";
import { personName } from "./names";
import { failure, type SaveResult } from "./save-result";
import { storedValue } from "./stored-values";
import { validateAccess } from "./validate";
import { refusesBadReferences } from "./validations/references";
import { modified } from "./write-row";
import type { Writer } from "./writer";
import type { RowError } from "../http/errors";
import type { FieldModel, Row, Value } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import type { Org } from "../org/org";

/**
 * Makes a business account a person account, or the reverse, by its record type (SOAP API guide, "Person Account Record
 * Types"): alone in the call, with exactly one contact of the same owner and currency, no parent and no child accounts.
 * Validation rules and automations do not run. A person becomes a business without any check; its person fields are
 * emptied and its contact becomes a regular contact of it.
 */
export function convertAccount(
  org: Org,
  writer: Writer,
  account: Row,
  values: ReadonlyMap<FieldModel, Value>,
): SaveResult {
  const [field, value] = [...values][0] ?? [];
  if (!field || values.size > 1) {
    return failure(
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      "Cannot specify any additional fields when marrying or separating a Person-Account",
    );
  }
  const recordTypeId = storedValue(field, value ?? null, org.options.lineEnds);
  const errors = refusalsOfRecordType(org, writer, account, field, recordTypeId);
  if (errors.length > 0) return { success: false, errors };
  const stamp = modified(salesforceDateTime(org.now()), writer.userId);
  const id = String(account.Id);
  if (account.IsPersonAccount === true) separate(org, account, { ...stamp, RecordTypeId: recordTypeId });
  else {
    const contacts = contactsOf(org, id);
    const refusal = refusalOf(org, account, contacts);
    if (refusal) return failure("INVALID_PERSON_ACCOUNT_OPERATION", refusal);
    for (const contact of contacts) marry(org, account, contact, { ...stamp, RecordTypeId: recordTypeId });
  }
  return { success: true, id, created: false };
}

function refusalsOfRecordType(
  org: Org,
  writer: Writer,
  account: Row,
  field: FieldModel,
  recordTypeId: Value,
): RowError[] {
  const object = org.schema.standard("Account");
  const isPerson = account.IsPersonAccount === true;
  const after = { ...account, [field.name]: recordTypeId };
  const given = new Set([field]);
  const change: Change = { kind: "update", object, before: account, after, given, isPerson, writer };
  const errors = validateAccess(change, org);
  return errors.length > 0 ? errors : refusesBadReferences(change, org);
}

function contactsOf(org: Org, accountId: string): Row[] {
  const contact = org.schema.standard("Contact");
  const lookup = contact.field("AccountId");
  return lookup ? org.store.table(contact).byParent(lookup, accountId) : [];
}

/** Why this business account cannot become a person; the guide names the conditions, the wording is ours. */
function refusalOf(org: Org, account: Row, contacts: readonly Row[]): string | undefined {
  const object = org.schema.standard("Account");
  const parentLookup = object.field("ParentId");
  const [contact] = contacts;
  if (!contact || contacts.length > 1) {
    return `a business account becomes a person account only with exactly one contact: it has ${contacts.length}`;
  }
  if (contact.OwnerId !== account.OwnerId) return "the account and its contact must have the same owner";
  if ((contact.CurrencyIsoCode ?? null) !== (account.CurrencyIsoCode ?? null)) {
    return "the account and its contact must have the same currency";
  }
  if ((account.ParentId ?? null) !== null)
    return "an account with a parent account cannot become a person account";
  if (parentLookup && org.store.table(object).byParent(parentLookup, String(account.Id)).length > 0) {
    return "an account with child accounts cannot become a person account";
  }
  if ((contact.ReportsToId ?? null) !== null) {
    return "an account whose contact reports to somebody cannot become a person account";
  }
  return undefined;
}

function marry(org: Org, account: Row, contact: Row, changed: Row): void {
  const object = org.schema.standard("Account");
  const row: Record<string, Value> = {
    ...account,
    ...personDefaults(object),
    ...changed,
    PersonContactId: contact.Id ?? null,
  };
  for (const pair of mirroredFields(org)) copyValue(contact, pair.contact, row, pair.account);
  row.Name = personName(row);
  org.store.put(object, row);
  const { RecordTypeId: _, ...stamp } = changed;
  org.store.put(org.schema.standard("Contact"), { ...contact, ...stamp, IsPersonAccount: true });
}

function separate(org: Org, account: Row, changed: Row): void {
  const row: Record<string, Value> = { ...account, ...changed, IsPersonAccount: false };
  for (const pair of mirroredFields(org)) delete row[pair.account];
  delete row.PersonContactId;
  org.store.put(org.schema.standard("Account"), row);
  const contacts = org.schema.standard("Contact");
  const contact = org.store.table(contacts).get(String(account.PersonContactId));
  if (!contact) return;
  const { RecordTypeId: _, ...stamp } = changed;
  org.store.put(contacts, { ...contact, ...stamp, IsPersonAccount: false });
}
