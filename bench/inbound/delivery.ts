import type { Pool } from "pg";
import { spreadOf, type Spread } from "./numbers";

/**
 * How long items that came after event `since` took into Salesforce, ms: from the transaction that stored them to the one
 * that settled the first write which had them in. A superseded item went with the one that came after it.
 */
export async function readDelays(pool: Pool, since: number): Promise<Spread> {
  const found = await pool.query<{ ms: number }>(
    `select extract(epoch from written.at - e.received_at)::float8 * 1000 as ms
    from event e
    join event_record er on er.event_id = e.id and er.direction = 'in'
    cross join lateral (
      select min(a.at) as at from attempt a
      where a.record_id = er.record_id and a.direction = 'in' and a.version >= er.version
        and a.outcome in ('created', 'updated')
    ) as written
    where e.id > $1 and written.at is not null`,
    [since],
  );
  return spreadOf(found.rows.map(({ ms }) => ms));
}

/** The id of the event that arrived last. */
export async function latestEvent(pool: Pool): Promise<number> {
  const found = await pool.query<{ id: string }>("select coalesce(max(id), 0) as id from event");
  return Number(found.rows[0]?.id);
}
