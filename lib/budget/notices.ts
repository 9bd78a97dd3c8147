/**
 * People are told when a lane begins to wait: one notice per lane, at most once in 24 hours, however often the lane opens
 * and closes meanwhile; it closes by itself when nothing waits any more. It goes out with the mail about reviews.
 */
import { sql } from "drizzle-orm";
import { shortageSentence } from "@/lib/core/budget/words";
import type { Lane } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { readFacts } from "./facts";
import { waitingLanes, type WaitingLane } from "./waiting";

/** Any number; the connection's id is the other half of the lock. */
const lockKey = 836_004;

/** To be called now and then; two workers never open the same notice twice. Gives the lanes that wait. */
export async function keepCallNotices(
  db: Database,
  connection: { readonly id: number; readonly timeZone: string },
): Promise<readonly Lane[]> {
  const { id, timeZone } = connection;
  const waiting = await waitingLanes(db, id);
  await transact(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockKey}::int, ${id}::int)`);
    await closeOver(tx, id, waiting);
    for (const verdict of waiting) await open(tx, id, verdict, timeZone);
  });
  return waiting.map(({ lane }) => lane);
}

const aboutOf = (lane: Lane) => `lane ${lane}`;

async function closeOver(
  tx: Queryable,
  connectionId: number,
  waiting: readonly WaitingLane[],
): Promise<void> {
  await tx.execute(sql`
    update review set state = 'closed', closed_at = now()
    where connection_id = ${connectionId} and kind = 'calls_short' and state = 'open'
      and about <> all(${sql.param(waiting.map(({ lane }) => aboutOf(lane)))}::text[])`);
}

async function open(
  tx: Queryable,
  connectionId: number,
  verdict: WaitingLane,
  timeZone: string,
): Promise<void> {
  const stored = await readFacts(tx, connectionId);
  if (!stored) return;
  const about = aboutOf(verdict.lane);
  const sentence = shortageSentence(stored.facts, verdict, stored.nowMs, timeZone);
  await tx.execute(sql`
    insert into review (connection_id, kind, about, sentence, subject)
    select ${connectionId}, 'calls_short', ${about}, ${sentence}, '{"direction": "in"}'::jsonb
    where not exists (
      select from review where connection_id = ${connectionId} and kind = 'calls_short' and about = ${about}
        and (state <> 'closed' or opened_at > now() - interval '24 hours'))`);
}
