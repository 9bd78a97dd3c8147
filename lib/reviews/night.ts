/** When "tonight" is: the night begins at 22:00 and ends at 6:00, where the venue is. */
import { sql } from "drizzle-orm";
import type { Queryable } from "@/lib/platform/db";
import type { Night } from "./contract";

export async function nextNight(db: Queryable, connectionId: number, now: Date): Promise<Night> {
  const rows = await db.execute<{ at: string | Date; is_now: boolean; time_zone: string }>(sql`
    select c.time_zone, not is_day as is_now, case when is_day
      then (date_trunc('day', here.time) + interval '22 hours') at time zone c.time_zone
      else ${now.toISOString()}::timestamptz end as at
    from connection c
    cross join lateral (select ${now.toISOString()}::timestamptz at time zone c.time_zone as time) here
    cross join lateral (select extract(hour from here.time) between 6 and 21 as is_day) day
    where c.id = ${connectionId}`);
  const row = rows.rows[0];
  return {
    startsAt: new Date(row?.at ?? now).toISOString(),
    isNow: row?.is_now ?? true,
    timeZone: row?.time_zone ?? "UTC",
  };
}
