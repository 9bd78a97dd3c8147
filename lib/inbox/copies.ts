/**
 * Records of Salesforce that carry the Sync ID of another: somebody pressed Clone, and the copy took it along
 * (s360.md §6.4). Nothing is written to the copy; a person says which of the two is the contact.
 */
import { sql } from "drizzle-orm";
import { recordKeyOf } from "@/lib/core/record-key";
import { copiesOf, type ReviewSubject } from "@/lib/core/reviews";
import type { ChangedRow } from "@/lib/core/side";
import type { Queryable } from "@/lib/platform/db";

export interface Copy {
  readonly row: ChangedRow;
  readonly recordId: number;
  readonly key: string;
  /** The record the Sync ID belongs to. */
  readonly originalId: string;
}

/** Of records that live: what carries the Sync ID of one that was deleted was most likely merged with it. */
export async function findCopies(
  tx: Queryable,
  connectionId: number,
  strangers: readonly ChangedRow[],
): Promise<Copy[]> {
  const keys = strangers.flatMap(({ key }) => (key === null ? [] : [recordKeyOf(key)]));
  if (keys.length === 0) return [];
  const rows = await tx.execute<{
    record_id: string;
    key: string;
    carried: string;
    object: string;
    salesforce_id: string;
  }>(sql`
    select l.record_id, r.key, lower(l.key) as carried, l.object, l.salesforce_id
    from link l join record r on r.id = l.record_id
    where r.connection_id = ${connectionId} and r.family = 'contact' and l.head and l.gone_at is null
      and lower(l.key) = any(${sql.param([...new Set(keys)])}::text[])`);
  const ids = strangers.map(({ id }) => id);
  const left = await leftAsTheyAre(tx, connectionId, ids);
  return strangers.flatMap((row): Copy[] => {
    const of = rows.rows.find(
      (one) => row.key !== null && one.object === row.object && one.carried === recordKeyOf(row.key),
    );
    return of && !left.has(row.id)
      ? [{ row, recordId: Number(of.record_id), key: of.key, originalId: of.salesforce_id }]
      : [];
  });
}

/** Copies of which a person has said that they stay. */
async function leftAsTheyAre(
  tx: Queryable,
  connectionId: number,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.execute<{ id: string }>(sql`
    select copy.id from review,
      jsonb_array_elements_text(coalesce(subject->'copies', jsonb_build_array(subject->'salesforceId'))) as copy (id)
    where connection_id = ${connectionId} and kind = 'clone' and state = 'closed' and choice = 'dismiss'
      and copy.id = any(${sql.param([...ids])}::text[])`);
  return new Set(rows.rows.map(({ id }) => id));
}

/** One review a contact, with all its copies: Salesforce tells each of them once. */
export async function reviewCopies(
  tx: Queryable,
  connectionId: number,
  copies: readonly Copy[],
): Promise<void> {
  for (const recordId of new Set(copies.map((copy) => copy.recordId))) {
    const found = copies.filter((copy) => copy.recordId === recordId);
    const known = await copiesInReview(tx, recordId);
    const ids = [...new Set([...known, ...found.map(({ row }) => row.id)])];
    const [first] = found;
    const [salesforceId] = ids;
    if (!first || salesforceId === undefined || ids.length === known.length) continue;
    const subject: ReviewSubject = {
      direction: "out",
      object: first.row.object,
      salesforceId,
      otherId: first.originalId,
      copies: ids,
    };
    // What was decided was decided without the new copy: it is asked again. To carry it out twice does no harm.
    await tx.execute(sql`
      insert into review (connection_id, kind, record_id, sentence, subject)
      values (${connectionId}, 'clone', ${recordId}, ${sentenceOf(first, ids)}, ${JSON.stringify(subject)}::jsonb)
      on conflict (record_id, kind, about) where state <> 'closed' and record_id is not null do update
      set state = 'open', choice = null, decided_by = null, decided_at = null,
        sentence = excluded.sentence, subject = excluded.subject`);
  }
}

async function copiesInReview(tx: Queryable, recordId: number): Promise<readonly string[]> {
  const rows = await tx.execute<{ subject: ReviewSubject }>(sql`
    select subject from review where record_id = ${recordId} and kind = 'clone' and state <> 'closed' for update`);
  return rows.rows.flatMap(({ subject }) => copiesOf(subject));
}

const mostNamed = 5;

function sentenceOf({ row, key, originalId }: Copy, ids: readonly string[]): string {
  if (ids.length === 1) {
    const who = row.modifiedBy.name ? ` by ${row.modifiedBy.name}` : "";
    return `In Salesforce, record ${row.id} was made${who} with the Sync ID of contact ${key}, which belongs to record ${originalId}: most likely a clone. Edits of the copy are not sent to S-360.`;
  }
  const more = ids.length > mostNamed ? ` and ${ids.length - mostNamed} more` : "";
  const named = ids.slice(0, mostNamed).join(", ") + more;
  return `In Salesforce, ${ids.length} records (${named}) carry the Sync ID of contact ${key}, which belongs to record ${originalId}: most likely clones. Edits of the copies are not sent to S-360.`;
}

/** Salesforce's delete log does not reach back far enough: what was deleted in between is not known. */
export async function openConsistencyCheck(
  tx: Queryable,
  connectionId: number,
  gap: { readonly object: string; readonly since: string; readonly until: string },
): Promise<void> {
  const sentence = `Salesforce could not tell which ${gap.object} records were deleted between ${gap.since.slice(0, 10)} and ${gap.until.slice(0, 10)}: its delete log does not reach back that far. Compare both systems with an export (a consistency check).`;
  const subject: ReviewSubject = { direction: "out", object: gap.object, since: gap.since };
  await tx.execute(sql`
    insert into review (connection_id, kind, sentence, subject)
    select ${connectionId}, 'consistency_check', ${sentence}, ${JSON.stringify(subject)}::jsonb
    where not exists (
      select from review where connection_id = ${connectionId} and kind = 'consistency_check' and state <> 'closed'
        and subject->>'object' = ${gap.object})`);
}
