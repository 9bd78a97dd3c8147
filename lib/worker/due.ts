/** Which connections have something to write now. */
import { sql } from "drizzle-orm";
import { lanesThatMaySpend } from "@/lib/budget/spending";
import { allLanes, neededBy, type Direction, type Lane } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";

export interface DueWork {
  readonly connectionId: number;
  readonly direction: Direction;
}

const systems = (direction: Direction) => sql.param([...neededBy[direction]]);

/**
 * Connections and directions that have something to write now. Streams that are paused are not looked into. Records whose
 * lane may spend no calls to Salesforce are no work until it may: what goes to S-360 spends S-360's calls.
 */
export async function dueWork(db: Database): Promise<DueWork[]> {
  const works: DueWork[] = [];
  for (const { lanes, ...work } of await dueLanes(db)) {
    const open = work.direction === "in" ? await lanesThatMaySpend(db, work.connectionId) : allLanes;
    if (lanes.some((lane) => open.includes(lane))) works.push(work);
  }
  return works;
}

/**
 * Lane by lane and the oldest first, so that the index is entered where something would be due: what is tried again later, or
 * is in a Bulk job, is not looked at.
 */
async function dueLanes(db: Database): Promise<(DueWork & { readonly lanes: readonly Lane[] })[]> {
  const rows = await db.execute<{ id: string; direction: Direction; lanes: Lane[] }>(sql`
    select s.connection_id as id, way.direction, array_agg(distinct l.lane) as lanes
    from stream s
    join (values ('in', ${systems("in")}::text[]), ('out', ${systems("out")}::text[])) as way (direction, systems)
      on s.name like '%-' || way.direction
    cross join unnest(${sql.param([...allLanes])}::smallint[]) as l (lane)
    cross join lateral (
      select from record_direction d
      where d.connection_id = s.connection_id and d.stream = s.name and d.lane = l.lane and d.direction = way.direction
        and d.state in ('pending', 'retrying') and d.due_at <= now()
      order by d.due_at limit 1) as due
    where s.paused_at is null
      and not exists (
        select from block b where b.connection_id = s.connection_id and b.system = any(way.systems) and b.until > now())
    group by s.connection_id, way.direction
    order by s.connection_id, way.direction`);
  return rows.rows.map(({ id, ...row }) => ({ connectionId: Number(id), ...row }));
}
