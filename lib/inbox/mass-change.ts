/**
 * More records changed at once than people change by hand: held as one review before S-360's few calls are spent on them
 * (brief 001, massive update).
 *
 * Counted is a whole sweep of the feed, which is stored in chunks (a sweep of a million rows fits into no transaction).
 * What can still pass without a person: the first chunks of a sweep, as long as they hold no more than `limit` records
 * together, when later chunks turn out to hold more; that is at most `limit` records. The same goes for changes that come
 * slowly, no more than `limit` from one sweep to the next.
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
  /** Whether earlier chunks of the same sweep were stored before. */
  readonly continues: boolean;
  readonly changed: readonly {
    readonly recordId: number;
    readonly row: ChangedRow;
    readonly fields: readonly FieldDescribe[];
  }[];
  readonly gone: readonly { readonly link: LinkedRow }[];
  /** Made in Salesforce, and to be created in S-360. */
  readonly newcomers: readonly { readonly recordId: number; readonly row: ChangedRow }[];
}

/** To be called after the records were made due. A review that nobody has decided yet takes in what follows. */
export async function holdMassChange(tx: Queryable, input: MassInput): Promise<void> {
  const { connectionId, changed, gone, newcomers } = input;
  const touched = [...changed, ...gone.map(({ link }) => link), ...newcomers];
  const ids = [...new Set(touched.map(({ recordId }) => recordId))];
  const sweep = await countInSweep(tx, input, ids.length);
  if (ids.length === 0 || (sweep.changes <= input.limit && !sweep.held)) return;
  const reviewId = await openReview(tx, connectionId);
  await tx.execute(sql`update feed set sweep_review_id = ${reviewId} where connection_id = ${connectionId}`);
  await tx.execute(sql`
    insert into review_record (review_id, record_id)
    select ${reviewId}, id from unnest(${sql.param(ids)}::bigint[]) as n (id) on conflict do nothing`);
  const fault = {
    code: "mass_change",
    sentence: `It is one of ${sweep.changes} records that changed in Salesforce at once. They wait under Reviews until a person starts sending them.`,
  };
  await tx.execute(sql`
    update record_direction set state = 'review', fault = ${JSON.stringify(fault)}::jsonb, lane = ${lanes.backfill}
    where direction = 'out' and record_id = any(${sql.param(ids)}::bigint[])`);
  await describeReview(tx, reviewId, input);
}

interface Sweep {
  /** Records changed so far. */
  readonly changes: number;
  /** A mass change that nobody has decided yet holds what came before. */
  readonly held: boolean;
}

/** Adds to what the sweep has brought so far; a sweep that begins starts at nothing. */
async function countInSweep(
  tx: Queryable,
  { connectionId, continues }: MassInput,
  changes: number,
): Promise<Sweep> {
  const rows = await tx.execute<{ changes: number; held: boolean }>(sql`
    insert into feed as f (connection_id, sweep_changes) values (${connectionId}, ${changes})
    on conflict (connection_id) do update set
      sweep_changes = case when ${continues} then f.sweep_changes else 0 end + excluded.sweep_changes,
      sweep_review_id = case when ${continues} then f.sweep_review_id end
    returning sweep_changes as changes,
      exists (select from review where id = f.sweep_review_id and state = 'open') as held`);
  return rows.rows[0] ?? { changes, held: false };
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
  const rows = await tx.execute<{ subject: ReviewSubject; records: number; gone: number; made: number }>(sql`
    select rv.subject, n.* from review rv
    cross join lateral (
      select count(*)::int as records, (count(*) filter (where r.key like 'salesforce:%'))::int as made,
        (count(*) filter (where exists (
          select from link l where l.record_id = r.id and l.gone_at is not null)))::int as gone
      from review_record rr join record r on r.id = rr.record_id where rr.review_id = rv.id) as n
    where rv.id = ${reviewId}`);
  const { subject = {}, records = 0, gone = 0, made = 0 } = rows.rows[0] ?? {};
  const by = add(
    subject.by?.map(({ name, records: number }) => [name, number]),
    [...input.changed, ...input.newcomers].map(({ row }) => row.modifiedBy.name ?? row.modifiedBy.id),
  );
  const changes = add(
    subject.changes?.map(({ field, records: number }) => [field, number]),
    input.changed.flatMap(({ fields }) => fields.map(({ label }) => label)),
  );
  const parts = [
    made > 0 ? ` ${made} of them ${made === 1 ? "is" : "are"} new.` : "",
    gone > 0 ? ` ${gone} of them ${gone === 1 ? "was" : "were"} deleted.` : "",
  ];
  const sentence = `${records} records changed in Salesforce at once.${parts.join("")} Nothing of it is sent to S-360 until you start it.`;
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
