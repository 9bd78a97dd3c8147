/** What the budget of a connection is judged by, as it is stored. */
import { sql } from "drizzle-orm";
import type { BudgetFacts } from "@/lib/core/budget/budget";
import { dailyCallsSchema, defaultDailyCalls } from "@/lib/core/budget/grant";
import type { Lane } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

export interface StoredFacts {
  readonly facts: BudgetFacts;
  /** By the database's clock, which counts the hours. */
  readonly nowMs: number;
}

interface Row extends Record<string, unknown> {
  now_ms: number;
  daily_calls: unknown;
  org_used: number | null;
  org_limit: number | null;
  org_heard_ms: number | null;
  hours: { hourMs: number; lane: Lane; calls: number }[];
}

/** One question; null when there is no such connection. */
export async function readFacts(db: Queryable, connectionId: number): Promise<StoredFacts | null> {
  const rows = await db.execute<Row>(sql`
    select (extract(epoch from now()) * 1000)::float8 as now_ms, c.settings->'salesforce'->'dailyCalls' as daily_calls,
      u.org_used, u.org_limit, (extract(epoch from u.org_heard_at) * 1000)::float8 as org_heard_ms,
      coalesce((
        select jsonb_agg(jsonb_build_object('hourMs', extract(epoch from h.hour) * 1000, 'lane', h.lane, 'calls', h.calls))
        from call_hour h where h.connection_id = c.id
      ), '[]'::jsonb) as hours
    from connection c
    left join lateral (
      select org_used, org_limit, org_heard_at from api_usage
      where connection_id = c.id and system = 'salesforce' and org_heard_at is not null
      order by day desc limit 1
    ) u on true
    where c.id = ${connectionId}`);
  const row = rows.rows[0];
  if (!row) return null;
  const { org_used: used, org_limit: limit, org_heard_ms: heardMs } = row;
  const org = used === null || limit === null || heardMs === null ? null : { used, limit, heardMs };
  const dailyCalls = dailyCallsSchema.parse(row.daily_calls ?? defaultDailyCalls);
  return { nowMs: row.now_ms, facts: { dailyCalls, hours: row.hours, org } };
}
