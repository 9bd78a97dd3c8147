import { sql } from "drizzle-orm";
import { laneVerdicts, type LaneVerdict } from "@/lib/core/budget/budget";
import type { Lane, Stream } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { readFacts } from "./facts";

/** No lane is counted further, per stream: a backlog of a million is not counted to say that it waits. */
const mostCounted = 100_000;

export interface DueRecords {
  readonly stream: Stream;
  readonly lane: Lane;
  readonly records: number;
}

export interface WaitingLane extends LaneVerdict {
  /** Records that are due and wait for calls. */
  readonly records: number;
}

/** Records that would be written now if their lane might spend calls. Streams that are paused wait for somebody else. */
export async function dueByLane(
  db: Queryable,
  connectionId: number,
  asked: readonly Lane[],
): Promise<DueRecords[]> {
  if (asked.length === 0) return [];
  const rows = await db.execute<DueRecords & Record<string, unknown>>(sql`
    select s.name as stream, l.lane, due.number::int as records
    from stream s
    cross join unnest(${sql.param([...asked])}::smallint[]) as l (lane)
    cross join lateral (
      select count(*) as number from (
        select from record_direction d
        where d.connection_id = s.connection_id and d.stream = s.name and d.lane = l.lane and d.direction = 'in'
          and d.state in ('pending', 'retrying') and d.due_at <= now()
        limit ${mostCounted}
      ) counted
    ) due
    where s.connection_id = ${connectionId} and s.name like '%-in' and s.paused_at is null and due.number > 0
    order by s.name, l.lane`);
  return rows.rows;
}

/** Lanes that give way at the moment though they have records to write. */
export async function waitingLanes(db: Queryable, connectionId: number): Promise<WaitingLane[]> {
  const stored = await readFacts(db, connectionId);
  if (!stored) return [];
  const closed = laneVerdicts(stored.facts, stored.nowMs).filter(({ open }) => !open);
  const due = await dueByLane(
    db,
    connectionId,
    closed.map(({ lane }) => lane),
  );
  return closed.flatMap((verdict) => {
    const records = sumOf(due, verdict.lane);
    return records > 0 ? [{ ...verdict, records }] : [];
  });
}

/** Over all streams. */
export function sumOf(due: readonly DueRecords[], lane: Lane): number {
  return due.reduce((sum, one) => sum + (one.lane === lane ? one.records : 0), 0);
}
