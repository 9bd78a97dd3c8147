/** The records of a re-processing, and where they stand. */
import { sql } from "drizzle-orm";
import { kindTable } from "@/lib/core/kinds";
import { lanes, neededBy, type Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

export interface OfKind {
  readonly connectionId: number;
  readonly kind: Kind;
}

const ofKind = ({ connectionId, kind }: OfKind) => sql`
  r.connection_id = ${connectionId} and r.family = ${kindTable[kind].family} and r.kind = ${kind}`;

const inDirection = ({ connectionId, kind }: OfKind) => sql`
  d.direction = 'in' and d.connection_id = ${connectionId} and d.stream = ${kindTable[kind].stream}`;

/** Due by a re-processing, not by an event: everything that S-360 said was taken through some version before. */
const madeDue = sql`(d.state = 'pending' and d.lane = ${lanes.replay} and d.version = d.synced_version)`;

const inHand = sql`(r.lease_until is not null and r.lease_until > now())`;

/** Records that are in step: all others are due anyway, or wait for something else. */
export async function countIdle(db: Queryable, of: OfKind): Promise<number> {
  const rows = await db.execute<{ number: number }>(sql`
    select count(*)::int as number from record_direction d join record r on r.id = d.record_id
    where ${inDirection(of)} and d.state = 'idle' and ${ofKind(of)}`);
  return rows.rows[0]?.number ?? 0;
}

interface Slice {
  /** Made due. */
  readonly made: number;
  /** The last record looked at; null when there are no more. */
  readonly last: number | null;
}

/**
 * Makes the next records in the order of their ids due. A record that is in a worker's hands may be on its way through the
 * earlier version: its version goes up, so that it is due again when that worker settles it.
 */
export async function makeDue(tx: Queryable, of: OfKind, afterId: number, limit: number): Promise<Slice> {
  const rows = await tx.execute<{ made: number; last: string | null }>(sql`
    with slice as materialized (
      select r.id from record r join record_direction d on d.record_id = r.id
      where r.id > ${afterId} and ${ofKind(of)} and ${inDirection(of)}
      order by r.id limit ${limit}
    ), made as (
      update record_direction d set
        state = 'pending',
        lane = case when d.state = 'idle' then ${lanes.replay} else d.lane end,
        due_at = case when d.state = 'idle' then now() else d.due_at end,
        attempts = case when d.state = 'idle' then 0 else d.attempts end,
        version = case when d.state = 'idle' then d.version else d.version + 1 end,
        changed_at = now()
      from slice join record r on r.id = slice.id
      where d.record_id = slice.id and d.direction = 'in'
        and (d.state = 'idle' or (d.state in ('pending', 'retrying') and ${inHand}))
      returning d.version = d.synced_version as counted
    )
    select (select count(*)::int from made where counted) as made, (select max(id) from slice) as last`);
  const { made, last } = rows.rows[0] ?? { made: 0, last: null };
  return { made, last: last === null ? null : Number(last) };
}

/** Puts back what is due by a re-processing and in nobody's hands. Gives the records. */
export async function takeBack(tx: Queryable, of: OfKind): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    update record_direction d set state = 'idle', changed_at = now()
    from record r
    where r.id = d.record_id and ${ofKind(of)} and ${inDirection(of)} and ${madeDue} and not ${inHand}
    returning r.id`);
  return rows.rows.map(({ id }) => Number(id));
}

/** How many are still due: cheaper than the whole progress, for it is asked often. */
export async function countDue(db: Queryable, of: OfKind): Promise<number> {
  const rows = await db.execute<{ number: number }>(sql`
    select count(*)::int as number from record_direction d join record r on r.id = d.record_id
    where ${inDirection(of)} and ${madeDue} and ${ofKind(of)}`);
  return rows.rows[0]?.number ?? 0;
}

/** Still due, and what has come of the others since: written, or not got through. */
export async function progressOf(
  db: Queryable,
  of: OfKind,
  since: Date,
): Promise<{ readonly due: number; readonly written: number; readonly failed: number }> {
  const rows = await db.execute<{ due: number; written: number; failed: number }>(sql`
    select (count(*) filter (where ${madeDue}))::int as due,
      (count(*) filter (where d.written_at >= ${since.toISOString()}::timestamptz))::int as written,
      (count(*) filter (where d.state in ('failed', 'review', 'retrying') and d.changed_at >= ${since.toISOString()}::timestamptz))::int as failed
    from record_direction d join record r on r.id = d.record_id
    where ${inDirection(of)} and ${ofKind(of)}`);
  return rows.rows[0] ?? { due: 0, written: 0, failed: 0 };
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
  return found?.sentence ?? null;
}
