/** How large the backlogs are: a kind of which more is due in a lane than the setting says goes through Bulk jobs. */
import { sql } from "drizzle-orm";
import type { Kind, Lane } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import type { ClaimedRecord } from "../records";

/** Lanes and kinds with a large backlog. A few live records never go the slow way of a mass of others. */
export type Backlogs = ReadonlySet<string>;

export function isOf(backlogs: Backlogs, { lane, kind }: Pick<ClaimedRecord, "lane" | "kind">): boolean {
  return backlogs.has(`${lane} ${kind}`);
}

/**
 * Counts no further than it takes: of each stream and lane the records that are due first, so that a kind which comes between
 * many others is told as large once they are fewer. `from` 0: none is ever large. Lanes that nothing is taken of are not
 * looked into. Kinds are looked up one by one: joined at once, all records are read where few are due.
 */
export async function largeBacklogs(
  db: Database,
  connectionId: number,
  from: number,
  lanes: readonly Lane[],
): Promise<Backlogs> {
  if (from === 0) return new Set();
  const looked = 2 * from + 1_000;
  const rows = await db.execute<{ lane: Lane; kind: Kind }>(sql`
    select d.lane, r.kind
    from stream s
    cross join unnest(${sql.param([...lanes])}::smallint[]) as l (lane)
    cross join lateral (
      select d.record_id, d.lane from record_direction d
      where d.connection_id = s.connection_id and d.stream = s.name and d.lane = l.lane and d.direction = 'in'
        and d.state in ('pending', 'retrying') and d.due_at <= now()
      order by d.due_at, d.record_id
      limit ${looked}
    ) d
    cross join lateral (
      select r.kind from record r
      where r.id = d.record_id and r.kind is not null and (r.lease_until is null or r.lease_until < now())
      limit 1
    ) r
    where s.connection_id = ${connectionId} and s.paused_at is null
    group by d.lane, r.kind
    having count(*) > ${from}`);
  return new Set(rows.rows.map(({ lane, kind }) => `${lane} ${kind}`));
}
