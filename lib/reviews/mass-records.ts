/** The records of a mass change, and where they stand. */
import { sql, type SQL } from "drizzle-orm";
import type { Queryable } from "@/lib/platform/db";
import type { MassProgress } from "./contract";

/** Ids of the records that are the review's own: what changed in mass again belongs to the later review. */
export function ownRecords(reviewId: number): SQL {
  return sql`
    select rr.record_id from review_record rr where rr.review_id = ${reviewId}
      and not exists (select from review_record later where later.record_id = rr.record_id and later.review_id > rr.review_id)`;
}

/** Held back by the mass change itself, for a person to start it. */
export const isHeld = sql`(d.state = 'review' and d.fault->>'code' = 'mass_change')`;

/** Under way to S-360, or on the way there. */
const isDue = sql`d.state in ('pending', 'retrying', 'waiting')`;

/** Not sent, and not to be sent as things stand: it failed, or waits for a person for another reason. */
const didNotGetThrough = sql`(d.state in ('failed', 'review') and not ${isHeld})`;

/** Ids of those that did not get through. */
export function failedRecords(reviewId: number): SQL {
  return sql`
    select d.record_id from record_direction d
    where d.direction = 'out' and ${didNotGetThrough} and d.record_id in (${ownRecords(reviewId)})`;
}

/** Whether anything is left to send: cheaper than counting, for it is asked often. */
export async function isAnyLeft(db: Queryable, reviewId: number): Promise<boolean> {
  const rows = await db.execute<{ left: boolean }>(sql`
    select exists (
      select from record_direction d
      where d.direction = 'out' and (${isHeld} or ${isDue}) and d.record_id in (${ownRecords(reviewId)})) as left`);
  return rows.rows[0]?.left ?? false;
}

export async function massProgress(db: Queryable, reviewId: number): Promise<MassProgress> {
  const rows = await db.execute<{ total: number; waiting: number; sent: number; failed: number }>(sql`
    select count(*)::int as total,
      (count(*) filter (where ${isHeld} or ${isDue}))::int as waiting,
      (count(*) filter (where d.state in ('idle', 'ignored')))::int as sent,
      (count(*) filter (where ${didNotGetThrough}))::int as failed
    from record_direction d
    where d.direction = 'out' and d.record_id in (${ownRecords(reviewId)})`);
  return rows.rows[0] ?? { total: 0, waiting: 0, sent: 0, failed: 0 };
}
