/** What of S-360's calls may go into questions that nobody but the connector asks; edits go back to S-360 by the same calls. */
import { sql, type SQL } from "drizzle-orm";

/** Counted once more under this name, among all the calls that S-360's gate counts. */
export type Purpose = "s360-missing" | "s360-check";

/** Of what is left of the month's calls, divided by the days left, one part in so many, for each purpose. */
const partsOfDay = 4;
const utcDay = sql`to_char(now() at time zone 'utc', 'YYYY-MM-DD')`;

/**
 * To stand after `connection c` of a `from`: `used.today`, the calls of today for the purpose, and `share.calls`, how many
 * they may be; null where the contract sets no limit.
 */
export function shareOfDay(purpose: Purpose): SQL {
  return sql`
    cross join lateral (
      select nullif(coalesce((c.settings #>> '{s360,callsPerMonth}')::int, 10000), 0) as per_month,
        now() at time zone 'utc' as utc) as contract
    cross join lateral (
      select coalesce(sum(u.calls) filter (where u.system = 's360'), 0) as month,
        coalesce(sum(u.calls) filter (where u.system = ${purpose} and u.day = to_char(utc, 'YYYY-MM-DD')), 0) as today
      from api_usage u
      where u.connection_id = c.id and u.day between to_char(utc, 'YYYY-MM-"01"') and to_char(utc, 'YYYY-MM-DD')) as used
    cross join lateral (
      select case when per_month is not null then greatest(1, floor((per_month - used.month + used.today) / ${partsOfDay}
        / extract(day from date_trunc('month', utc) + interval '1 month' - date_trunc('day', utc)))) end as calls) as share`;
}

/** A statement that counts a call for each row of the relation `claimed`. */
export function countCalls(connectionId: number, purpose: Purpose): SQL {
  return sql`
    insert into api_usage as u (connection_id, system, day, calls)
    select ${connectionId}, ${purpose}, ${utcDay}, 1 from claimed
    on conflict (connection_id, system, day) do update set calls = u.calls + 1`;
}

/** A statement that takes back a call for each row of the relation `unasked`, which has a `connection_id`. */
export function uncountCalls(purpose: Purpose): SQL {
  return sql`
    update api_usage u set calls = greatest(u.calls - 1, 0) from unasked
    where u.connection_id = unasked.connection_id and u.system = ${purpose} and u.day = ${utcDay}`;
}
