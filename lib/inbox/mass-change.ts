/**
 * More records changed at once than people change by hand: held as one review before S-360's few calls are spent on them
 * (brief 001, massive update).
 */
import { sql } from "drizzle-orm";
import type { ReviewSubject } from "@/lib/core/reviews";
import type { ChangedRow, FieldDescribe } from "@/lib/core/side";
import { lanes } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { LinkedRow } from "./classify-change";

export interface MassInput {
  readonly connectionId: number;
  readonly limit: number;
  readonly changed: readonly {
    readonly recordId: number;
    readonly row: ChangedRow;
    readonly fields: readonly FieldDescribe[];
  }[];
  readonly gone: readonly { readonly link: LinkedRow }[];
}

/** To be called after the records were made due. A review that nobody has decided yet takes in what follows. */
export async function holdMassChange(tx: Queryable, input: MassInput): Promise<void> {
  const { connectionId, changed, gone } = input;
  const ids = [
    ...new Set([...changed.map(({ recordId }) => recordId), ...gone.map(({ link }) => link.recordId)]),
  ];
  if (ids.length <= input.limit) return;
  const reviewId = await openReview(tx, connectionId);
  await tx.execute(sql`
    insert into review_record (review_id, record_id)
    select ${reviewId}, id from unnest(${sql.param(ids)}::bigint[]) as n (id) on conflict do nothing`);
  const fault = {
    code: "mass_change",
    sentence: `It is one of ${ids.length} records that changed in Salesforce at once. They wait under Reviews until a person starts sending them.`,
  };
  await tx.execute(sql`
    update record_direction set state = 'review', fault = ${JSON.stringify(fault)}::jsonb, lane = ${lanes.backfill}
    where direction = 'out' and record_id = any(${sql.param(ids)}::bigint[])`);
  await describeReview(tx, reviewId, input);
}

async function openReview(tx: Queryable, connectionId: number): Promise<number> {
  // One at a time per connection: two polls must not open two reviews.
  await tx.execute(sql`select from connection where id = ${connectionId} for no key update`);
  const open = await tx.execute<{ id: string }>(sql`
    select id from review where connection_id = ${connectionId} and kind = 'mass_change' and state = 'open'
    order by id limit 1`);
  if (open.rows[0]) return Number(open.rows[0].id);
  const made = await tx.execute<{ id: string }>(sql`
    insert into review (connection_id, kind, sentence, subject)
    values (${connectionId}, 'mass_change', '', '{}') returning id`);
  return Number(made.rows[0]?.id);
}

async function describeReview(tx: Queryable, reviewId: number, input: MassInput): Promise<void> {
  const rows = await tx.execute<{ subject: ReviewSubject; records: number }>(sql`
    select subject, (select count(*)::int from review_record where review_id = ${reviewId}) as records
    from review where id = ${reviewId}`);
  const { subject = {}, records = 0 } = rows.rows[0] ?? {};
  const by = add(
    subject.by?.map(({ name, records: number }) => [name, number]),
    input.changed.map(({ row }) => row.modifiedBy.name ?? row.modifiedBy.id),
  );
  const changes = add(
    subject.changes?.map(({ field, records: number }) => [field, number]),
    input.changed.flatMap(({ fields }) => fields.map(({ label }) => label)),
  );
  const gone = input.gone.length > 0 ? ` ${input.gone.length} of them were deleted.` : "";
  const sentence = `${records} records changed in Salesforce at once.${gone} Nothing of it is sent to S-360 until you start it.`;
  const next: ReviewSubject = {
    ...subject,
    direction: "out",
    by: by.map(([name, number]) => ({ name, records: number })),
    changes: changes.map(([field, number]) => ({ field, records: number })),
  };
  await tx.execute(sql`
    update review set sentence = ${sentence}, subject = ${JSON.stringify(next)}::jsonb where id = ${reviewId}`);
}

/** Counts by name, the most frequent first. */
function add(
  before: readonly (readonly [string, number])[] | undefined,
  names: readonly string[],
): (readonly [string, number])[] {
  const counts = new Map(before ?? []);
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
