import { and, eq, gt, sql } from "drizzle-orm";
import { auditLog, block, connection } from "@/drizzle/schema";
import { allLanes, type Direction, type Lane, type System } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";

/** What held the connection was put right: it starts afresh, without the pauses that had grown. */
export async function endHold(db: Queryable, connectionId: number): Promise<void> {
  await db.delete(block).where(eq(block.connectionId, connectionId));
}

/** Whether the connection waits for a system as a whole to take work again. `system`: for this one. */
export async function isHeld(db: Queryable, connectionId: number, system?: System): Promise<boolean> {
  const rows = await db
    .select({ system: block.system })
    .from(block)
    .where(
      and(
        eq(block.connectionId, connectionId),
        gt(block.until, sql`now()`),
        system === undefined ? undefined : eq(block.system, system),
      ),
    );
  return rows.length > 0;
}

/**
 * A person has put right what held the connection: the system is asked again now. Should it refuse still, the pauses go on
 * where they were.
 */
export async function tryNow(
  db: Database,
  input: { readonly institution: string; readonly system: System; readonly actor: string },
): Promise<"changed" | "unchanged" | "missing"> {
  const { institution, system, actor } = input;
  return transact(db, async (tx) => {
    const [found] = await tx
      .select({ id: connection.id })
      .from(connection)
      .where(eq(connection.institution, institution));
    if (!found) return "missing";
    const ended = await tx
      .update(block)
      .set({ until: sql`now()` })
      .where(and(eq(block.connectionId, found.id), eq(block.system, system), gt(block.until, sql`now()`)))
      .returning({ system: block.system });
    if (ended.length === 0) return "unchanged";
    await tx
      .insert(auditLog)
      .values({ connectionId: found.id, actor, action: "tried again at once", subject: system });
    await tx.execute(sql`select pg_notify('work', ${String(found.id)})`);
    return "changed";
  });
}

/** Records of streams that are not paused whose time has come, those in a worker's hands included. `from`: of these lanes. */
export async function countDue(
  db: Queryable,
  connectionId: number,
  direction: Direction = "in",
  from: readonly Lane[] = allLanes,
): Promise<number> {
  const result = await db.execute<{ due: number }>(sql`
    select count(*)::int as due from record_direction d
    where d.connection_id = ${connectionId} and d.direction = ${direction}
      and d.lane = any(${sql.param([...from])}::smallint[])
      and d.state in ('pending', 'retrying') and d.due_at <= now()
      and not exists (
        select from stream s where s.connection_id = d.connection_id and s.name = d.stream and s.paused_at is not null)`);
  return result.rows[0]?.due ?? 0;
}
