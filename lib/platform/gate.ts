/**
 * One gate per connection and system, shared by all processes (design §2.8). Generic cell rate algorithm in one
 * statement: it books the next free place in time and says how long to wait for it (stack.md §7).
 */
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Queryable } from "./db";

/** Calls that may go out at once before the pace of the gate holds them apart. */
const burst = 10;

/** Waits for this call's place. `perMinute` is the pace the admin allows. */
export async function takeToken(
  db: Queryable,
  connectionId: number,
  system: string,
  perMinute: number,
): Promise<void> {
  const stepMs = 60_000 / perMinute;
  const result = await db.execute<{ wait_ms: number }>(sql`
    insert into gate as g (connection_id, system, next_at)
    values (${connectionId}, ${system}, clock_timestamp() + ${stepMs} * interval '1 millisecond')
    on conflict (connection_id, system) do update set
      next_at = greatest(g.next_at, clock_timestamp()) + ${stepMs} * interval '1 millisecond'
    returning (extract(epoch from next_at - clock_timestamp()) * 1000)::float8 as wait_ms`);
  const waitMs = (result.rows[0]?.wait_ms ?? 0) - burst * stepMs;
  if (waitMs > 0) await sleep(waitMs);
}

/** Counts a call that went out, and what the org says it has counted itself. */
export async function countCall(
  db: Queryable,
  connectionId: number,
  system: string,
  org?: { used: number; limit: number },
): Promise<void> {
  await db.execute(sql`
    insert into api_usage as u (connection_id, system, day, calls, org_used, org_limit)
    values (${connectionId}, ${system}, to_char(now() at time zone 'utc', 'YYYY-MM-DD'), 1, ${org?.used ?? null}, ${org?.limit ?? null})
    on conflict (connection_id, system, day) do update set
      calls = u.calls + 1,
      org_used = coalesce(excluded.org_used, u.org_used),
      org_limit = coalesce(excluded.org_limit, u.org_limit)`);
}
