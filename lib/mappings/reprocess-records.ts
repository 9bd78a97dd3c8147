/** The records of a re-processing, and where they stand. */
import { sql } from "drizzle-orm";
import { shortageOf } from "@/lib/budget/shortage";
import { kindTable } from "@/lib/core/kinds";
import { lanes, neededBy, notThroughStates, type Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

/** On its way since the re-processing came to it, and not come through yet: no event has told anything newer since. */
export const madeDue = sql`(d.state = 'pending' and d.version = c.version and (c.was = 'pending'
  or (c.was in ('idle', 'ignored', 'failed', 'waiting') and d.lane = ${lanes.backfill})))`;

/** Also a worker that seems to be dead may still settle what it took. */
const inHand = sql`(r.lease_token is not null)`;

/**
 * Comes to the next records of a census in the order of their ids and makes them due; gives how many it came to. What waits
 * for a person stays there, and what is due by itself is evaluated with the version anyway. Only a record in a worker's
 * hands may be on its way through an earlier version: its version goes up, so that it is due again when it is settled.
 */
export async function makeDue(tx: Queryable, censusId: number, limit: number): Promise<number> {
  const rows = await tx.execute<{ made: number }>(sql`
    with slice as materialized (
      select d.record_id, d.state, d.version from census_record c
      join record_direction d on d.record_id = c.record_id and d.direction = 'in'
      where c.census_id = ${censusId} and c.was is null
      order by c.record_id limit ${limit}
      for no key update of d
    ), made as (
      update record_direction d set
        state = 'pending',
        lane = case when s.state in ('pending', 'retrying') then d.lane else ${lanes.backfill} end,
        due_at = case when s.state in ('pending', 'retrying') then d.due_at else now() end,
        attempts = case when s.state in ('pending', 'retrying') then d.attempts else 0 end,
        fault = case when s.state in ('pending', 'retrying') then d.fault end,
        version = case when s.state in ('pending', 'retrying') then d.version + 1 else d.version end,
        changed_at = now()
      from slice s join record r on r.id = s.record_id
      where d.record_id = s.record_id and d.direction = 'in'
        and (s.state in ('idle', 'ignored', 'failed', 'waiting') or (s.state in ('pending', 'retrying') and ${inHand}))
      returning d.record_id, d.version
    ), passed as (
      update census_record c set was = s.state, version = coalesce(made.version, s.version)
      from slice s left join made on made.record_id = s.record_id
      where c.census_id = ${censusId} and c.record_id = s.record_id
      returning c.record_id
    )
    select count(*)::int as made from passed`);
  return rows.rows[0]?.made ?? 0;
}

/** How many are still due: cheaper than the whole progress, for it is asked often. */
export async function countDue(db: Queryable, censusId: number): Promise<number> {
  const rows = await db.execute<{ number: number }>(sql`
    select count(*)::int as number from record_direction d join census_record c on c.record_id = d.record_id
    where c.census_id = ${censusId} and d.direction = 'in' and ${madeDue}`);
  return rows.rows[0]?.number ?? 0;
}

/** Records whose result changes and that no re-processing has come to. */
export async function countLeft(db: Queryable, censusId: number): Promise<number> {
  const rows = await db.execute<{ number: number }>(sql`
    select count(*)::int as number from census_record where census_id = ${censusId} and was is null`);
  return rows.rows[0]?.number ?? 0;
}

const notThrough = sql`${sql.param([...notThroughStates])}::text[]`;

export interface Progress {
  /** Records the run came to so far. */
  readonly made: number;
  readonly due: number;
  readonly written: number;
  readonly failed: number;
}

/** Still due, and what has come of the others since it began: written, or not got through. All of one moment. */
export async function progressOf(
  db: Queryable,
  run: { readonly id: number; readonly censusId: number; readonly startedAt: Date },
): Promise<Progress> {
  const started = sql`${run.startedAt.toISOString()}::timestamptz`;
  const rows = await db.execute<{ made: number; due: number; written: number; failed: number }>(sql`
    select (select made from reprocess where id = ${run.id}) as made,
      (count(*) filter (where ${madeDue}))::int as due,
      (count(*) filter (where d.written_at >= ${started}))::int as written,
      (count(*) filter (where d.state = any(${notThrough}) and d.changed_at >= ${started}))::int as failed
    from record_direction d join census_record c on c.record_id = d.record_id
    where c.census_id = ${run.censusId} and c.was is not null and d.direction = 'in'`);
  return rows.rows[0] ?? { made: 0, due: 0, written: 0, failed: 0 };
}

interface OfKind {
  readonly connectionId: number;
  readonly kind: Kind;
}

/** Why nothing of it is written just now; null when it goes on. */
export async function haltOf(db: Queryable, { connectionId, kind }: OfKind): Promise<string | null> {
  const rows = await db.execute<{ paused: boolean; sentence: string | null }>(sql`
    select exists (
        select from stream where connection_id = ${connectionId} and name = ${kindTable[kind].stream}
          and paused_at is not null) as paused,
      (select b.fault->>'sentence' from block b
        where b.connection_id = ${connectionId} and b.system = any(${sql.param([...neededBy.in])}::text[])
          and b.until > now() limit 1) as sentence`);
  const found = rows.rows[0];
  if (found?.paused)
    return "Sending to Salesforce is paused: it goes on when somebody resumes it on the Health page.";
  return found?.sentence ?? shortageOf(db, connectionId, lanes.backfill);
}
