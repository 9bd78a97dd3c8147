/** A review with what it is about, locked for a decision. */
import { sql } from "drizzle-orm";
import type { ReviewChoice, ReviewKind, ReviewState, ReviewSubject } from "@/lib/core/reviews";
import type { Queryable } from "@/lib/platform/db";
import { isNewcomerBusy } from "@/lib/sync/unite";

export interface LockedReview {
  readonly id: number;
  readonly connectionId: number;
  readonly kind: ReviewKind;
  readonly recordId: number | null;
  readonly state: ReviewState;
  readonly choice: ReviewChoice | null;
  readonly decidedBy: string | null;
  readonly subject: ReviewSubject;
}

/**
 * Locks the records first, in the order of their keys as the inbox and settling do, then the review; null when there is
 * none. A mass change may take in records meanwhile: with the connection's row locked it cannot, as in the inbox.
 */
export async function lockReview(tx: Queryable, id: number): Promise<LockedReview | null> {
  const found = await tx.execute<{ connection_id: string; kind: ReviewKind }>(
    sql`select connection_id, kind from review where id = ${id}`,
  );
  const review = found.rows[0];
  if (!review) return null;
  await lockRecords(tx, id);
  if (review.kind === "mass_change") {
    await tx.execute(sql`select from connection where id = ${review.connection_id} for no key update`);
    await lockRecords(tx, id);
  }
  const rows = await tx.execute<{
    record_id: string | null;
    state: ReviewState;
    choice: ReviewChoice | null;
    decided_by: string | null;
    subject: ReviewSubject;
  }>(sql`select record_id, state, choice, decided_by, subject from review where id = ${id} for update`);
  const row = rows.rows[0];
  if (!row) return null;
  return {
    id,
    connectionId: Number(review.connection_id),
    kind: review.kind,
    recordId: row.record_id === null ? null : Number(row.record_id),
    state: row.state,
    choice: row.choice,
    decidedBy: row.decided_by,
    subject: row.subject,
  };
}

async function lockRecords(tx: Queryable, reviewId: number): Promise<void> {
  await tx.execute(sql`
    select from record r
    where r.id in (
      select record_id from review where id = ${reviewId} and record_id is not null
      union all select record_id from review_record where review_id = ${reviewId})
    order by r.family, r.key
    for no key update of r`);
}

/** Whether links must not change now: what a worker has in its hands would bring back what is taken away. */
export async function isInUse(tx: Queryable, review: LockedReview): Promise<boolean> {
  const { kind, choice, connectionId, recordId, subject } = review;
  if (await isBeingWritten(tx, recordId)) return true;
  const joins = kind === "merge_unclear" && choice === "relink" ? subject.otherId : undefined;
  return joins !== undefined && (await isNewcomerBusy(tx, connectionId, joins));
}

async function isBeingWritten(tx: Queryable, recordId: number | null): Promise<boolean> {
  const rows = await tx.execute(sql`select from record where id = ${recordId} and lease_until > now()`);
  return rows.rows.length > 0;
}
