/** Holding a direction while the system it writes to refuses work as a whole, so that a backlog does not hammer it. */
import { sql } from "drizzle-orm";
import { backoffMs } from "@/lib/core/backoff";
import type { Fault } from "@/lib/core/faults";
import type { System } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";

const firstPauseMs = 2_000;
const longestPauseMs = 5 * 60_000;

/** Nothing is claimed for this system until the pause is over; it grows with each fault in a row. */
export async function blockSystem(
  deps: { readonly db: Database; readonly log: Logger; readonly random: () => number },
  connectionId: number,
  system: System,
  fault: Fault,
): Promise<void> {
  const rows = await deps.db.execute<{ times: number }>(sql`
    insert into block as b (connection_id, system, until, fault)
    values (${connectionId}, ${system}, now(), ${JSON.stringify(fault)}::jsonb)
    on conflict (connection_id, system) do update set times = b.times + 1, fault = excluded.fault
    returning times`);
  const times = rows.rows[0]?.times ?? 1;
  const pauseMs = backoffMs(times - 1, deps.random(), firstPauseMs, longestPauseMs);
  await deps.db.execute(sql`
    update block set until = now() + ${pauseMs} * interval '1 millisecond'
    where connection_id = ${connectionId} and system = ${system}`);
  deps.log.warn({ connectionId, system, code: fault.code, origin: fault.origin?.code, pauseMs }, "held");
}

export async function unblockSystem(db: Database, connectionId: number, system: System): Promise<void> {
  await db.execute(sql`delete from block where connection_id = ${connectionId} and system = ${system}`);
}
