/** Holding a direction while the system it writes to refuses work as a whole, so that a backlog does not hammer it. */
import { sql } from "drizzle-orm";
import { faultTable, systemOf, type Fault, type FaultCode } from "@/lib/core/faults";
import { holdPauseMs } from "@/lib/core/hold-pause";
import type { System } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";

/** Nothing has asked the system for so long after its pause: nobody knows that it has refused all the while. */
const forgottenAfter = sql`interval '10 minutes'`;

/**
 * Nothing is claimed for this system until the pause is over; it grows with each fault in a row. Calls that were under way
 * together when the system began to refuse are one of them.
 */
export async function blockSystem(
  deps: { readonly db: Database; readonly log: Logger; readonly random: () => number },
  connectionId: number,
  system: System,
  fault: Fault,
): Promise<void> {
  const rows = await deps.db.execute<{ times: number }>(sql`
    insert into block as b (connection_id, system, until, fault)
    values (${connectionId}, ${system}, now(), ${JSON.stringify(fault)}::jsonb)
    on conflict (connection_id, system) do update set fault = excluded.fault,
      since = case when b.until < now() - ${forgottenAfter} then now() else b.since end,
      times = b.times + case when b.until > now() then 0 else 1 end
    returning times`);
  const times = rows.rows[0]?.times ?? 1;
  const pauseMs = holdPauseMs(fault.code, times, deps.random());
  await deps.db.execute(sql`
    update block set until = now() + ${pauseMs} * interval '1 millisecond'
    where connection_id = ${connectionId} and system = ${system}`);
  deps.log.warn({ connectionId, system, code: fault.code, origin: fault.origin?.code, pauseMs }, "held");
}

export async function unblockSystem(db: Database, connectionId: number, system: System): Promise<void> {
  await db.execute(sql`delete from block where connection_id = ${connectionId} and system = ${system}`);
}

/** What is over once the system has answered anything at all. */
const overWhenReached = (Object.keys(faultTable) as FaultCode[]).filter(
  (code) => systemOf(code) === "salesforce" && code !== "org_storage",
);

/** Salesforce has answered a question: what held the connection because it did not is over, and pauses begin anew. */
export async function salesforceReached(db: Database, connectionId: number): Promise<void> {
  await db.execute(sql`
    delete from block where connection_id = ${connectionId} and system = 'salesforce' and until <= now()
      and fault->>'code' = any(${sql.param(overWhenReached)}::text[])`);
}
