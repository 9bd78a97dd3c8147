import { sql } from "drizzle-orm";
import type { Database } from "@/lib/platform/db";

/** Connections that have something to write now. */
export async function connectionsWithWork(db: Database): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select c.id from connection c
    where (c.blocked_until is null or c.blocked_until <= now())
      and exists (
        select from record_direction d
        where d.connection_id = c.id and d.direction = 'in' and d.state in ('pending', 'retrying') and d.due_at <= now()
          and not exists (select from stream s where s.connection_id = c.id and s.name = d.stream and s.paused_at is not null))
    order by c.id`);
  return rows.rows.map((row) => Number(row.id));
}
