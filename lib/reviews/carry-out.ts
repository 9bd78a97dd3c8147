/**
 * Decisions that need a write to Salesforce first: a Sync ID is cleared there, then the links change. Done by the worker,
 * again and again until it worked; every step may be done twice without harm.
 */
import { sql } from "drizzle-orm";
import { FaultError } from "@/lib/core/faults";
import { copiesOf } from "@/lib/core/reviews";
import type { Side } from "@/lib/core/side";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { clearLookups, type Copied } from "./clear-lookups";
import { clearSyncIds, type Carrier } from "./clear-sync-id";
import { concerned, finishDecision, kindNow } from "./finish";
import { headLinks } from "./links";
import { isInUse, lockReview, type LockedReview } from "./locked";

export interface CarryOutDeps {
  readonly db: Database;
  readonly side: Side;
}

export interface CarriedOut {
  readonly done: number;
  /** Tried again later: Salesforce refused, or the record is being written. */
  readonly left: number;
}

/** A decision is taken by one worker for this long, and tried again after it. */
const retrySeconds = 60;
/** A record in a worker's hands is free again soon. */
const busySeconds = 2;

/** Carries out what is due of a connection's decisions. Throws only what is no fault of Salesforce. */
export async function carryOut({ db, side }: CarryOutDeps, connectionId: number): Promise<CarriedOut> {
  const ids = await take(db, connectionId);
  let done = 0;
  for (const id of ids) {
    try {
      await clearSyncIds(side, await carriersOf(db, id));
      await clearLookups(side, await copiedOf(db, id));
      if (await finish(db, id)) done++;
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      await noteTrouble(db, id, error.fault.sentence);
    }
  }
  return { done, left: ids.length - done };
}

async function take(db: Database, connectionId: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    update review set subject = subject || jsonb_build_object('retryAt', now() + ${retrySeconds} * interval '1 second')
    where id in (
      select id from review
      where connection_id = ${connectionId} and state = 'deciding' and kind <> 'mass_change'
        and coalesce((subject->>'retryAt')::timestamptz <= now(), true)
      order by decided_at, id limit 50 for update skip locked)
    returning id`);
  return rows.rows.map((row) => Number(row.id)).sort((a, b) => a - b);
}

/** The Salesforce records that have to give their Sync ID up. */
async function carriersOf(db: Database, reviewId: number): Promise<Carrier[]> {
  return transact(db, async (tx) => {
    const review = await lockReview(tx, reviewId);
    if (review?.state !== "deciding") return [];
    const { kind, choice, subject, recordId } = review;
    const links = concerned(review, await headLinks(tx, recordId), await kindNow(tx, recordId));
    if (kind === "clone" && choice === "clear-copy") {
      return copiesOf(subject).flatMap((salesforceId) => links.map((link) => ({ ...link, salesforceId })));
    }
    const outward = kind === "clone" || kind === "kind_changed" || kind === "number_reused";
    return outward ? [...links] : [];
  });
}

/** Copied sales that are to be taken off their contact. */
async function copiedOf(db: Database, reviewId: number): Promise<Copied[]> {
  return transact(db, async (tx) => {
    const review = await lockReview(tx, reviewId);
    if (review?.state !== "deciding" || review.kind !== "copied_lookup") return [];
    const { object, fields = [] } = review.subject;
    return object === undefined ? [] : copiesOf(review.subject).map((id) => ({ object, id, fields }));
  });
}

/** False while the record is being written: then its links must not change. */
async function finish(db: Database, reviewId: number): Promise<boolean> {
  return transact(db, async (tx) => {
    const review = await lockReview(tx, reviewId);
    if (review?.state !== "deciding") return true;
    if (await isInUse(tx, review)) {
      await retryIn(tx, reviewId, busySeconds);
      return false;
    }
    await finishDecision(tx, review);
    await close(tx, review);
    return true;
  });
}

async function close(tx: Queryable, { id, connectionId }: LockedReview): Promise<void> {
  await tx.execute(sql`
    update review set state = 'closed', closed_at = now(), subject = subject - 'retryAt' - 'trouble' where id = ${id}`);
  await tx.execute(sql`select pg_notify('work', ${String(connectionId)})`);
}

async function retryIn(tx: Queryable, reviewId: number, seconds: number): Promise<void> {
  await tx.execute(sql`
    update review set subject = subject || jsonb_build_object('retryAt', now() + ${seconds} * interval '1 second')
    where id = ${reviewId}`);
}

async function noteTrouble(db: Database, reviewId: number, sentence: string): Promise<void> {
  await db.execute(sql`
    update review set subject = subject || jsonb_build_object('trouble', ${sentence}::text)
    where id = ${reviewId} and state = 'deciding'`);
}
