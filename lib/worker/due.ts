import { sql } from "drizzle-orm";
import type { Database } from "@/lib/platform/db";

/** Connections that have something to write now. Streams that are paused are not looked into. */
export async function connectionsWithWork(db: Database): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select distinct c.id from connection c
    join stream s on s.connection_id = c.id and s.paused_at is null
    where (c.blocked_until is null or c.blocked_until <= now())
      and exists (
        select from record_direction d
        where d.connection_id = c.id and d.stream = s.name and d.direction = 'in'
          and d.state in ('pending', 'retrying') and d.due_at <= now())
    order by c.id`);
  return rows.rows.map((row) => Number(row.id));
}
