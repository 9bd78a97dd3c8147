import { eq, sql } from "drizzle-orm";
import { connection } from "@/drizzle/schema";
import type { Queryable } from "@/lib/platform/db";

/** What held the connection was put right: it starts afresh, without the pauses that had grown. */
export async function endHold(db: Queryable, connectionId: number): Promise<void> {
  await db
    .update(connection)
    .set({ blockedUntil: null, blockedBy: null, blockedTimes: 0 })
    .where(eq(connection.id, connectionId));
}

/** Whether the connection waits for Salesforce as a whole to take work again. */
export async function isHeld(db: Queryable, connectionId: number): Promise<boolean> {
  const rows = await db
    .select({ held: sql<boolean>`coalesce(${connection.blockedUntil} > now(), false)` })
    .from(connection)
    .where(eq(connection.id, connectionId));
  return rows[0]?.held ?? false;
}

/** Records of streams that are not paused whose time has come, those in a worker's hands included. */
export async function countDue(db: Queryable, connectionId: number): Promise<number> {
  const result = await db.execute<{ due: number }>(sql`
    select count(*)::int as due from record_direction d
    where d.connection_id = ${connectionId} and d.direction = 'in'
      and d.state in ('pending', 'retrying') and d.due_at <= now()
      and not exists (
        select from stream s where s.connection_id = d.connection_id and s.name = d.stream and s.paused_at is not null)`);
  return result.rows[0]?.due ?? 0;
}
