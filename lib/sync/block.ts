/** Holding a connection while the other system as a whole refuses work, so that a backlog does not hammer it. */
import { sql } from "drizzle-orm";
import { backoffMs } from "@/lib/core/backoff";
import type { Fault } from "@/lib/core/faults";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";

const firstPauseMs = 2_000;
const longestPauseMs = 5 * 60_000;

/** Nothing is claimed for this connection until the pause is over; it grows with each fault in a row. */
export async function blockConnection(
  deps: { readonly db: Database; readonly log: Logger; readonly random: () => number },
  connectionId: number,
  fault: Fault,
): Promise<void> {
  const rows = await deps.db.execute<{ blocked_times: number }>(sql`
    update connection set blocked_times = blocked_times + 1, blocked_by = ${JSON.stringify(fault)}::jsonb
    where id = ${connectionId} returning blocked_times`);
  const times = rows.rows[0]?.blocked_times ?? 1;
  const pauseMs = backoffMs(times - 1, deps.random(), firstPauseMs, longestPauseMs);
  await deps.db.execute(sql`
    update connection set blocked_until = now() + ${pauseMs} * interval '1 millisecond' where id = ${connectionId}`);
  deps.log.warn({ connectionId, code: fault.code, origin: fault.origin?.code, pauseMs }, "connection held");
}

export async function unblockConnection(db: Database, connectionId: number): Promise<void> {
  await db.execute(sql`
    update connection set blocked_times = 0, blocked_by = null, blocked_until = null
    where id = ${connectionId} and blocked_times > 0`);
}
