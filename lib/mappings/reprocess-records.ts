/** The records of a re-processing, and where they stand. */
import { eq, sql } from "drizzle-orm";
import { reprocess } from "@/drizzle/schema";
import { kindTable } from "@/lib/core/kinds";
import { lanes, neededBy, notThroughStates, type Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

/** On its way since the re-processing came to it, and not come through yet: no event has told anything newer since. */
const madeDue = sql`(d.state = 'pending' and d.version = c.version and (c.was = 'pending'
  or (c.was in ('idle', 'ignored', 'failed', 'waiting') and d.lane = ${lanes.replay})))`;

const inHand = sql`(r.lease_until is not null and r.lease_until > now())`;

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
        lane = case when s.state in ('pending', 'retrying') then d.lane else ${lanes.replay} end,
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

/** Another mapping's re-processing found it due by this one, and counts on it. */
const countedOn = sql`exists (
  select from census_record o join reprocess p on p.census_id = o.census_id
  where o.record_id = c.record_id and o.census_id <> c.census_id and o.was = 'pending' and o.version = d.version
    and p.state in ('running', 'paused'))`;

/**
 * Puts back what is due by a re-processing, in nobody's hands and of no use to another one; gives how many. What had failed
 * or waited stays due: the cause may be gone by now.
 */
export async function takeBack(tx: Queryable, censusId: number): Promise<number> {
  const rows = await tx.execute<{ back: number }>(sql`
    with back as (
      update record_direction d set state = c.was, changed_at = now()
      from census_record c join record r on r.id = c.record_id
      where c.census_id = ${censusId} and d.record_id = c.record_id and d.direction = 'in'
        and ${madeDue} and c.was in ('idle', 'ignored') and not ${inHand} and not ${countedOn}
      returning d.record_id
    ), open as (
      update census_record c set was = null, version = null
      from back where c.census_id = ${censusId} and c.record_id = back.record_id
      returning c.record_id
    )
    select count(*)::int as back from open`);
  return rows.rows[0]?.back ?? 0;
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

/** Still due, and what has come of the others since: written, or not got through. */
export async function progressOf(
  db: Queryable,
  censusId: number,
  since: Date,
): Promise<{ readonly due: number; readonly written: number; readonly failed: number }> {
  const started = sql`${since.toISOString()}::timestamptz`;
  const rows = await db.execute<{ due: number; written: number; failed: number }>(sql`
    select (count(*) filter (where ${madeDue}))::int as due,
      (count(*) filter (where d.written_at >= ${started}))::int as written,
      (count(*) filter (where d.state = any(${notThrough}) and d.changed_at >= ${started}))::int as failed
    from record_direction d join census_record c on c.record_id = d.record_id
    where c.census_id = ${censusId} and c.was is not null and d.direction = 'in'`);
  return rows.rows[0] ?? { due: 0, written: 0, failed: 0 };
}

/** Ends a run that is open and has nothing left. Of records that were erased meanwhile nothing is told. */
export async function endIfThrough(tx: Queryable, run: typeof reprocess.$inferSelect): Promise<boolean> {
  const { id, state, censusId, startedAt, made } = run;
  if (state !== "running" && state !== "paused") return false;
  const endedAt = sql`now()`;
  const end = async (how: Partial<typeof run>) => {
    await tx
      .update(reprocess)
      .set({ ...how, endedAt })
      .where(eq(reprocess.id, id));
    return true;
  };
  // From before records were counted.
  if (censusId === null) return end({ state: "cancelled" });
  if ((await countDue(tx, censusId)) > 0 || (await countLeft(tx, censusId)) > 0) return false;
  const { written, failed } = await progressOf(tx, censusId, startedAt);
  return end({ state: "done", total: made, written, failed });
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
  return found?.sentence ?? null;
}
