/** How an event ended: the worst of its own outcome and of what became of every record it touched. */
import { sql, type SQL } from "drizzle-orm";
import { statesByGravity, type Fate, type RecordState } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

/** Worst first: what an admin must see is never hidden by what went well. */
export const fatesByGravity = [
  "failed",
  "review",
  "waiting",
  "retrying",
  "pending",
  "held",
  "synced",
  "unchanged",
  "echo",
  "superseded",
  "ignored",
] as const satisfies readonly Fate[];

/** Whether a fault is still to be told: one of an earlier try means nothing once the record is due again or written. */
export function isTroubled(state: RecordState | null): boolean {
  return state !== null && state !== "idle" && state !== "ignored" && state !== "pending" && state !== "held";
}

const gravest = sql.raw(`array[${fatesByGravity.map((fate) => `'${fate}'`).join(", ")}]`);

/** `order by` this puts the worst state first. */
export function gravityOf(state: SQL): SQL {
  return sql`array_position(${sql.raw(`array[${statesByGravity.map((name) => `'${name}'`).join(", ")}]`)}, ${state})`;
}

/** The fate of one event_record row `er` beside its record_direction row `d` (which an order has not). */
export const fateOfTouch = sql`coalesce(er.outcome, case d.state when 'idle' then 'synced' else d.state end, 'pending')`;

/** The fate of the event row `e`, as an expression. */
export const fateOfEvent = sql`coalesce((
  select (${gravest})[min(array_position(${gravest}, told.fate))]
  from (
    select e.outcome as fate where e.outcome is not null
    union all
    select ${fateOfTouch}
    from event_record er
    left join record_direction d on d.record_id = er.record_id and d.direction = er.direction
    where er.event_id = e.id
  ) told), 'pending')`;

/** How many events ended in which way; the sum is the number of items that came in. Of one call when it is named. */
export async function eventCounts(
  db: Queryable,
  connectionId: number,
  payloadId?: string,
): Promise<Readonly<Record<Fate, number>>> {
  const rows = await db.execute<{ fate: Fate; number: number }>(sql`
    select ${fateOfEvent} as fate, count(*)::int as number
    from event e
    where e.connection_id = ${connectionId} ${payloadId === undefined ? sql`` : sql`and e.payload_id = ${payloadId}`}
    group by 1`);
  const counts = fatesByGravity.map(
    (fate) => [fate, rows.rows.find((row) => row.fate === fate)?.number ?? 0] as const,
  );
  return Object.fromEntries(counts) as Record<Fate, number>;
}
