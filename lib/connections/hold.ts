import { and, eq, gt, sql } from "drizzle-orm";
import { block } from "@/drizzle/schema";
import type { Direction } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

/** What held the connection was put right: it starts afresh, without the pauses that had grown. */
export async function endHold(db: Queryable, connectionId: number): Promise<void> {
  await db.delete(block).where(eq(block.connectionId, connectionId));
}

/** Whether the connection waits for a system as a whole to take work again. */
export async function isHeld(db: Queryable, connectionId: number): Promise<boolean> {
  const rows = await db
    .select({ system: block.system })
    .from(block)
    .where(and(eq(block.connectionId, connectionId), gt(block.until, sql`now()`)));
  return rows.length > 0;
}

/** Records of streams that are not paused whose time has come, those in a worker's hands included. */
export async function countDue(
  db: Queryable,
  connectionId: number,
  direction: Direction = "in",
): Promise<number> {
  const result = await db.execute<{ due: number }>(sql`
    select count(*)::int as due from record_direction d
    where d.connection_id = ${connectionId} and d.direction = ${direction}
      and d.state in ('pending', 'retrying') and d.due_at <= now()
      and not exists (
        select from stream s where s.connection_id = d.connection_id and s.name = d.stream and s.paused_at is not null)`);
  return result.rows[0]?.due ?? 0;
}
