/**
 * One gate per connection and system, shared by all processes (design §2.8). Generic cell rate algorithm: `next_at` is
 * the next free place in time, and whoever comes takes it in one statement at the moment the call goes out. Those who
 * wait hold no place, so closing the gate stops them too (stack.md §7).
 */
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Queryable } from "./db";
import { strictToleranceMs, strideOf, type Pace, type Stride } from "./gate-pace";

/** The calls of this month are used up; nothing was sent. */
export class QuotaUsedUp extends Error {
  override readonly name = "QuotaUsedUp";
  constructor(
    readonly perMonth: number,
    /** When the next month begins. */
    readonly until: Date,
  ) {
    super(`${perMonth} calls a month are used up`);
  }
}

/** The gate stays closed for longer than a call should wait; nothing was sent. */
export class GateClosed extends Error {
  override readonly name = "GateClosed";
  constructor(readonly openInMs: number) {
    super(`closed for another ${Math.round(openInMs)} ms`);
  }
}

/**
 * Waits for this call's place.
 * @throws QuotaUsedUp when the month's calls are used up (calls that are under way at the limit may exceed it)
 * @throws GateClosed when a strict gate stays closed for more than half a minute
 */
export async function takeToken(
  db: Queryable,
  connectionId: number,
  system: string,
  pace: Pace,
): Promise<void> {
  let waitMs = await tryToken(db, connectionId, system, pace);
  while (waitMs > 0) {
    await sleep(waitMs);
    waitMs = await tryToken(db, connectionId, system, pace);
  }
}

/** Takes a place if one is free now, and returns 0; otherwise how many milliseconds to wait before asking again. */
export async function tryToken(
  db: Queryable,
  connectionId: number,
  system: string,
  pace: Pace,
): Promise<number> {
  const state = await readOpenState(db, connectionId, system, pace);
  return tryStride(db, connectionId, system, { state, stride: strideOf(pace, state.granted) });
}

/** Takes what the stride takes if it is free now, and returns 0; otherwise the milliseconds to wait. @throws GateClosed */
export async function tryStride(
  db: Queryable,
  connectionId: number,
  system: string,
  { state, stride }: { readonly state: GateState; readonly stride: Stride },
): Promise<number> {
  const waitMs = (state.next_in_ms ?? -Infinity) - stride.toleranceMs;
  if (waitMs > stride.mostWaitMs) throw new GateClosed(waitMs);
  if (waitMs > 0) return Math.ceil(waitMs);
  return (await takePlace(db, connectionId, system, stride)) ? 0 : 1;
}

/** @throws QuotaUsedUp */
export async function readOpenState(
  db: Queryable,
  connectionId: number,
  system: string,
  pace: Pace,
): Promise<GateState> {
  const state = await readState(db, connectionId, system);
  if (pace.perMonth && state.used >= pace.perMonth) {
    throw new QuotaUsedUp(pace.perMonth, new Date(state.month_ends_ms));
  }
  return state;
}

export interface GateState extends Record<string, unknown> {
  /** Null: nobody passed yet. */
  next_in_ms: number | null;
  granted: number | null;
  used: number;
  month_ends_ms: number;
}

async function readState(db: Queryable, connectionId: number, system: string): Promise<GateState> {
  const result = await db.execute<GateState>(sql`
    select g.next_in_ms, g.granted, usage.used,
      (extract(epoch from date_trunc('month', now() at time zone 'utc') + interval '1 month') * 1000)::float8
        as month_ends_ms
    from (
      select coalesce(sum(calls), 0)::int as used from api_usage
      where connection_id = ${connectionId} and system = ${system}
        and day >= to_char(now() at time zone 'utc', 'YYYY-MM-"01"')
    ) usage
    left join (
      select (extract(epoch from next_at - clock_timestamp()) * 1000)::float8 as next_in_ms,
        case when boost_until > clock_timestamp() then boost_per_minute end as granted
      from gate where connection_id = ${connectionId} and system = ${system}
    ) g on true`);
  const row = result.rows[0];
  if (!row) throw new Error("the state of the gate could not be read");
  return row;
}

/** False when somebody else was faster. */
async function takePlace(
  db: Queryable,
  connectionId: number,
  system: string,
  { stepMs, toleranceMs, holdMs }: Stride,
): Promise<boolean> {
  const result = await db.execute(sql`
    insert into gate as g (connection_id, system, next_at)
    values (${connectionId}, ${system}, clock_timestamp() + ${holdMs + stepMs} * interval '1 millisecond')
    on conflict (connection_id, system) do update set
      next_at = greatest(g.next_at, clock_timestamp() + ${holdMs} * interval '1 millisecond')
        + ${stepMs} * interval '1 millisecond'
    where g.next_at <= clock_timestamp() + ${toleranceMs} * interval '1 millisecond'
    returning 1`);
  return result.rows.length > 0;
}

/** The other side asked to slow down: no process passes this strict gate before `ms` are over. */
export async function backOff(
  db: Queryable,
  connectionId: number,
  system: string,
  ms: number,
): Promise<void> {
  const closedMs = ms + strictToleranceMs;
  await db.execute(sql`
    insert into gate as g (connection_id, system, next_at)
    values (${connectionId}, ${system}, clock_timestamp() + ${closedMs} * interval '1 millisecond')
    on conflict (connection_id, system) do update set next_at = greatest(g.next_at, excluded.next_at)`);
}

interface CountedCall {
  /** What the org says it has counted itself. */
  readonly org?: { readonly used: number; readonly limit: number };
  /** Of calls that are also counted by hour: the lane that they were made for. */
  readonly lane?: number;
}

/** Hours are kept until they have left the last 24, and a day longer for the forecast. */
const keptHours = 50;

/** Counts a call that went out, in one statement. */
export async function countCall(
  db: Queryable,
  connectionId: number,
  system: string,
  { org, lane }: CountedCall = {},
): Promise<void> {
  const hour = sql`date_trunc('hour', now(), 'UTC')`;
  const byHour = sql`, by_hour as (
      insert into call_hour as h (connection_id, hour, lane, calls)
      values (${connectionId}, ${hour}, ${lane}::smallint, 1)
      on conflict (connection_id, hour, lane) do update set calls = h.calls + 1
    ), old_hours as (
      delete from call_hour
      where connection_id = ${connectionId} and hour < now() - ${keptHours} * interval '1 hour'
    )`;
  await db.execute(sql`
    with by_day as (
      insert into api_usage as u (connection_id, system, day, calls, org_used, org_limit, org_heard_at)
      values (${connectionId}, ${system}, to_char(now() at time zone 'utc', 'YYYY-MM-DD'), 1,
        ${org?.used ?? null}, ${org?.limit ?? null}, case when ${org !== undefined} then now() end)
      on conflict (connection_id, system, day) do update set
        calls = u.calls + 1,
        org_used = coalesce(excluded.org_used, u.org_used),
        org_limit = coalesce(excluded.org_limit, u.org_limit),
        org_heard_at = coalesce(excluded.org_heard_at, u.org_heard_at)
    )${lane === undefined ? sql`` : byHour}
    select 1`);
}
