/**
 * Sales that somebody made in Salesforce with a contact's number in them: most likely a sale was cloned, and its buyer's
 * lookups went along. They count as sales of that contact, which S-360 never sold.
 */
import { sql } from "drizzle-orm";
import { recordKeyOf } from "@/lib/core/record-key";
import { copiesOf, type ReviewSubject } from "@/lib/core/reviews";
import type { ChangedRow } from "@/lib/core/side";
import type { Queryable } from "@/lib/platform/db";

export interface Lookups {
  /** The field that holds the contact's number. */
  readonly number: string;
  /** All fields that tie a sale to its contact, that one among them. */
  readonly fields: readonly string[];
}

/** One review a contact, with all copies that carry its number; what a person has left as it is stays left. */
export async function reviewCopiedLookups(
  tx: Queryable,
  connectionId: number,
  rows: readonly ChangedRow[],
  lookupsOf: (object: string) => Lookups | undefined,
): Promise<void> {
  const carrying = rows.flatMap((row) => {
    const lookups = lookupsOf(row.object);
    const number = lookups ? (row.fields[lookups.number] ?? null) : null;
    // One with a Sync ID of its own came from S-360, whoever edited it since.
    return lookups && number !== null && row.key === null
      ? [{ row, lookups, key: recordKeyOf(String(number)) }]
      : [];
  });
  const known = await knownContacts(
    tx,
    connectionId,
    carrying.map(({ key }) => key),
  );
  for (const [key, recordId] of known) {
    const found = carrying.filter((one) => one.key === key);
    const [first] = found;
    const { open, left } = await toldBefore(tx, recordId);
    const ids = found.map(({ row }) => row.id).filter((id) => !open.includes(id) && !left.includes(id));
    if (!first || ids.length === 0) continue;
    const copies = [...open, ...ids];
    const subject: ReviewSubject = {
      direction: "out",
      object: first.row.object,
      salesforceId: copies[0],
      copies,
      fields: first.lookups.fields,
    };
    await openReview(tx, connectionId, recordId, sentenceOf(key, copies, first.row), subject);
  }
}

async function knownContacts(
  tx: Queryable,
  connectionId: number,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.execute<{ id: string; key: string }>(sql`
    select id, key from record
    where connection_id = ${connectionId} and family = 'contact' and key = any(${sql.param([...new Set(keys)])}::text[])
    order by key`);
  return new Map(rows.rows.map(({ id, key }) => [key, Number(id)]));
}

async function toldBefore(tx: Queryable, recordId: number) {
  const rows = await tx.execute<{ subject: ReviewSubject; state: string; choice: string | null }>(sql`
    select subject, state, choice from review where record_id = ${recordId} and kind = 'copied_lookup'`);
  const idsOf = (of: (row: (typeof rows.rows)[number]) => boolean) =>
    rows.rows.filter(of).flatMap(({ subject }) => copiesOf(subject));
  return {
    open: idsOf(({ state }) => state !== "closed"),
    left: idsOf(({ state, choice }) => state === "closed" && choice === "dismiss"),
  };
}

function sentenceOf(key: string, copies: readonly string[], { modifiedBy }: ChangedRow): string {
  const who = modifiedBy.name ? ` by ${modifiedBy.name}` : "";
  const what = copies.length === 1 ? `a sale was made${who}` : `${copies.length} sales were made`;
  return `In Salesforce ${what} with the number of contact ${key}, without a Sync ID: most likely a clone. S-360 knows no such sale, but it counts as one of this contact.`;
}

async function openReview(
  tx: Queryable,
  connectionId: number,
  recordId: number,
  sentence: string,
  subject: ReviewSubject,
): Promise<void> {
  await tx.execute(sql`
    insert into review (connection_id, kind, record_id, sentence, subject)
    values (${connectionId}, 'copied_lookup', ${recordId}, ${sentence}, ${JSON.stringify(subject)}::jsonb)
    on conflict (record_id, kind, about) where state <> 'closed' and record_id is not null do update
    set state = 'open', choice = null, decided_by = null, decided_at = null,
      sentence = excluded.sentence, subject = excluded.subject`);
}
