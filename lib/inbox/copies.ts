/**
 * Records of Salesforce that carry the Sync ID of another: somebody pressed Clone, and the copy took it along
 * (s360.md §6.4). Nothing is written to the copy; a person says which of the two is the contact.
 */
import { sql } from "drizzle-orm";
import { recordKeyOf } from "@/lib/core/record-key";
import type { ReviewSubject } from "@/lib/core/reviews";
import type { ChangedRow } from "@/lib/core/side";
import type { Queryable } from "@/lib/platform/db";

export interface Copy {
  readonly row: ChangedRow;
  readonly recordId: number;
  readonly key: string;
  /** The record the Sync ID belongs to. */
  readonly originalId: string;
}

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
    object: string;
    salesforce_id: string;
  }>(sql`
    select l.record_id, r.key, l.object, l.salesforce_id
    from link l join record r on r.id = l.record_id
    where r.connection_id = ${connectionId} and r.family = 'contact' and l.head
      and lower(l.key) = any(${sql.param([...new Set(keys)])}::text[])`);
  const ids = strangers.map(({ id }) => id);
  const left = await leftAsTheyAre(tx, connectionId, ids);
  return strangers.flatMap((row): Copy[] => {
    const of = rows.rows.find(
      (one) => row.key !== null && one.object === row.object && one.key === recordKeyOf(row.key),
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
    select subject->>'salesforceId' as id from review
    where connection_id = ${connectionId} and kind = 'clone' and state = 'closed' and choice = 'dismiss'
      and subject->>'salesforceId' = any(${sql.param([...ids])}::text[])`);
  return new Set(rows.rows.map(({ id }) => id));
}

export async function reviewCopies(
  tx: Queryable,
  connectionId: number,
  copies: readonly Copy[],
): Promise<void> {
  for (const { row, recordId, key, originalId } of copies) {
    const who = row.modifiedBy.name ? ` by ${row.modifiedBy.name}` : "";
    const sentence = `In Salesforce, record ${row.id} was made${who} with the Sync ID of contact ${key}, which belongs to record ${originalId}: most likely a clone. Edits of the copy are not sent to S-360.`;
    const subject: ReviewSubject = {
      direction: "out",
      object: row.object,
      salesforceId: row.id,
      otherId: originalId,
    };
    await tx.execute(sql`
      insert into review (connection_id, kind, record_id, sentence, subject)
      values (${connectionId}, 'clone', ${recordId}, ${sentence}, ${JSON.stringify(subject)}::jsonb)
      on conflict (record_id, kind) where state <> 'closed' and record_id is not null do nothing`);
  }
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
