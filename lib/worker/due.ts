import { sql } from "drizzle-orm";
import { neededBy, type Direction } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";

export interface DueWork {
  readonly connectionId: number;
  readonly direction: Direction;
}

const systems = (direction: Direction) => sql.param([...neededBy[direction]]);

/** Connections and directions that have something to write now. Streams that are paused are not looked into. */
export async function dueWork(db: Database): Promise<DueWork[]> {
  const rows = await db.execute<{ id: string; direction: Direction }>(sql`
    select distinct s.connection_id as id, way.direction
    from stream s
    join (values ('in', ${systems("in")}::text[]), ('out', ${systems("out")}::text[])) as way (direction, systems)
      on s.name like '%-' || way.direction
    where s.paused_at is null
      and not exists (
        select from block b where b.connection_id = s.connection_id and b.system = any(way.systems) and b.until > now())
      and exists (
        select from record_direction d
        where d.connection_id = s.connection_id and d.stream = s.name and d.direction = way.direction
          and d.state in ('pending', 'retrying') and d.due_at <= now())
    order by s.connection_id, way.direction`);
  return rows.rows.map((row) => ({ connectionId: Number(row.id), direction: row.direction }));
}
