/** Sending a mass change to S-360: started, started at night, paused, resumed, dropped; and closed when all is sent. */
import { sql } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import type { ReviewState, ReviewSubject } from "@/lib/core/reviews";
import { lanes } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { LockedReview } from "./locked";
import { isAnyLeft, isHeld, massProgress, ownRecords } from "./mass-records";
import { nextNight } from "./night";
import { acceptHeld } from "./release";

/** Due now, behind live edits; also what was to be sent later. */
export async function start(tx: Queryable, { id }: LockedReview): Promise<ReviewState> {
  await makeDue(tx, id, null);
  await hurry(tx, id);
  return "deciding";
}

/** Due from 22:00 on; at night at once. */
export async function startTonight(tx: Queryable, review: LockedReview, now: Date): Promise<ReviewState> {
  const { startsAt: startAt } = await nextNight(tx, review.connectionId, now);
  await makeDue(tx, review.id, startAt);
  await changeSubject(tx, review.id, { startAt });
  return "deciding";
}

/** What has been edited since, by itself, is no part of the mass any more and goes on. */
export async function pause(tx: Queryable, review: LockedReview, actor: string): Promise<ReviewState> {
  await holdBack(tx, review.id);
  await changeSubject(tx, review.id, { paused: true, pausedBy: actor });
  return "deciding";
}

export async function resume(tx: Queryable, review: LockedReview): Promise<ReviewState> {
  await changeSubject(tx, review.id, { paused: false });
  await makeDue(tx, review.id, review.subject.startAt ?? null);
  return "deciding";
}

/** What Salesforce holds counts as agreed, so that nothing of it is told as a change again. */
export async function drop(tx: Queryable, { id, state }: LockedReview): Promise<ReviewState> {
  if (state === "deciding") await holdBack(tx, id);
  const dropped = await tx.execute<{ record_id: string }>(sql`
    with ended as (
      update record_direction d set state = 'idle', synced_version = d.version, attempts = 0, fault = null, changed_at = now()
      where d.direction = 'out' and ${isHeld} and d.record_id in (${ownRecords(id)})
      returning d.record_id, d.version
    ), told as (
      update event_record e set outcome = 'ignored' from ended
      where e.record_id = ended.record_id and e.direction = 'out' and e.outcome is null and e.version <= ended.version
    )
    select record_id from ended`);
  const records = dropped.rows.map((row) => Number(row.record_id));
  await acceptHeld(tx, records);
  await followGoneOf(tx, records);
  return "closed";
}

/** What became of records that were deleted is found out all the same, without a call to S-360. */
async function followGoneOf(tx: Queryable, recordIds: readonly number[]): Promise<void> {
  await tx.execute(sql`
    update record_direction d set state = 'pending', due_at = now(), waived = array['mark'], version = d.version + 1
    where d.direction = 'out' and d.record_id = any(${sql.param([...recordIds])}::bigint[])
      and exists (select from link l where l.record_id = d.record_id and l.gone_at is not null and l.fate_at is null)`);
}

/**
 * Closes mass changes of which nothing is left to send, and notes how they ended. What was being sent when somebody
 * paused and came back to be tried again is held with the others. Returns how many were closed.
 */
export async function closeFinished(db: Database, connectionId: number): Promise<number> {
  return transact(db, async (tx) => {
    const running = await tx.execute<{ id: string; paused: boolean }>(sql`
      select id, coalesce((subject->>'paused')::boolean, false) as paused from review
      where connection_id = ${connectionId} and kind = 'mass_change' and state = 'deciding'
      order by id for update skip locked`);
    let closed = 0;
    for (const { id, paused } of running.rows) {
      const reviewId = Number(id);
      if (paused) await holdBack(tx, reviewId);
      if (await isAnyLeft(tx, reviewId)) continue;
      const { sent, failed } = await massProgress(tx, reviewId);
      await changeSubject(tx, reviewId, { ended: { sent, failed } });
      await tx.execute(sql`update review set state = 'closed', closed_at = now() where id = ${reviewId}`);
      closed++;
    }
    return closed;
  });
}

async function makeDue(tx: Queryable, reviewId: number, startAt: string | null): Promise<void> {
  await tx.execute(sql`
    update record_direction d set state = 'pending', lane = ${lanes.backfill}, attempts = 0, fault = null,
      due_at = greatest(now(), ${startAt}::timestamptz), changed_at = now()
    where d.direction = 'out' and ${isHeld} and d.record_id in (${ownRecords(reviewId)})`);
}

async function hurry(tx: Queryable, reviewId: number): Promise<void> {
  await tx.execute(sql`
    with later as (
      update review set subject = subject - 'startAt'
      where id = ${reviewId} and (subject->>'startAt')::timestamptz > now() returning id)
    update record_direction d set due_at = now(), changed_at = now()
    from later
    where d.direction = 'out' and d.state = 'pending' and d.lane = ${lanes.backfill} and d.due_at > now()
      and d.record_id in (${ownRecords(reviewId)})`);
}

const paused: Fault = {
  code: "mass_change",
  sentence:
    "It is one of many records that changed in Salesforce at once, and their sending is paused. Resume it under Reviews.",
};

async function holdBack(tx: Queryable, reviewId: number): Promise<void> {
  await tx.execute(sql`
    update record_direction d set state = 'review', fault = ${JSON.stringify(paused)}::jsonb, changed_at = now()
    where d.direction = 'out' and d.state in ('pending', 'retrying') and d.lane = ${lanes.backfill}
      and d.record_id in (${ownRecords(reviewId)})`);
}

async function changeSubject(tx: Queryable, reviewId: number, change: ReviewSubject): Promise<void> {
  await tx.execute(sql`
    update review set subject = subject || ${JSON.stringify(change)}::jsonb where id = ${reviewId}`);
}
