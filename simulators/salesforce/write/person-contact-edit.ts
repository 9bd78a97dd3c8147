import type { Change } from "./change";
import type { Draft } from "./draft";
import { mirroredFields, SHARED_FIELDS } from "./mirrored-fields";
import type { FieldModel, Value } from "../model/types";
import type { Org } from "../org/org";

/**
 * The edit of a person's contact as an update of the account, which shows most fields of its contact under names of its
 * own.
 */
export function personAccountDraft(org: Org, { before, after, given }: Change): Draft {
  const account = org.schema.standard("Account");
  const row = org.store.table(account).get(String(before?.AccountId));
  if (!row) throw new Error(`The person account of contact ${String(before?.Id)} is missing.`);
  const values = new Map<FieldModel, Value>();
  const shared = SHARED_FIELDS.map((name) => ({ account: name, contact: name }));
  const givenNames = new Set([...given].map((field) => field.name));
  for (const pair of [...mirroredFields(org), ...shared]) {
    const field = account.field(pair.account);
    if (field && givenNames.has(pair.contact)) values.set(field, after[pair.contact] ?? null);
  }
  return { kind: "update", object: account, before: row, isPerson: true, after: { ...row }, values };
}
