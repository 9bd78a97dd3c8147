/** The records of an import: let out to be written, taken back, and how they ended. To be called under the lock of its run. */
import { sql, type SQL } from "drizzle-orm";
import type { importRun } from "@/drizzle/schema";
import { lanes } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { dissolveJobs } from "@/lib/sync/bulk/let-go";

const held = sql`i.released_at is null and i.ended_as is null`;
const going = sql`i.released_at is not null and i.ended_as is null`;

/**
 * Lets the next records out, in the order in which they came; gives how many. Records that the inbox or a worker has in hand
 * this moment are passed over, and come next time. What is no longer held became live meanwhile, and is noted as that.
 */
export async function release(
  tx: Queryable,
  importId: number,
  limit: number,
  which: "any" | "awaited" = "any",
): Promise<number> {
  const rows = await tx.execute<{ made: number }>(sql`
    with slice as materialized (
      select d.record_id, d.state from import_record i
      join record_direction d on d.record_id = i.record_id and d.direction = 'in'
      where i.import_id = ${importId} and ${held} ${which === "awaited" ? sql`and ${isAwaited}` : sql``}
      order by i.record_id limit ${limit}
      for no key update of d skip locked
    ), made as (
      update record_direction d set state = 'pending', lane = ${lanes.backfill}, due_at = now(), attempts = 0, fault = null, changed_at = now()
      from slice where d.record_id = slice.record_id and d.direction = 'in' and slice.state = 'held'
      returning d.record_id
    ), noted as (
      update import_record i set
        released_at = case when slice.state = 'held' then now() end,
        ended_as = case when slice.state <> 'held' then 'live' end,
        ended_at = case when slice.state <> 'held' then now() end
      from slice where i.import_id = ${importId} and i.record_id = slice.record_id
    )
    select count(*)::int as made from made`);
  return rows.rows[0]?.made ?? 0;
}

/** A relay that was let out waits for its structure. */
const isAwaited: SQL = sql`i.record_id in (
  select w.awaited_id from waiting w join record_direction waiter
    on waiter.record_id = w.record_id and waiter.direction = 'in' and waiter.state = 'waiting')`;

/**
 * Bulk jobs that hold some of it and have not begun do not begin any more: they are taken apart, and what is in them can be
 * taken back. It waits for records that somebody has in hand, so nobody may wait for the run meanwhile who has one: the inbox
 * does not for as long as the run is not locked `for update`.
 */
export async function takeFromJobs(tx: Queryable, importId: number): Promise<void> {
  await dissolveJobs(
    tx,
    sql`j.lane = ${lanes.backfill} and exists (
      select from bulk_row b join import_record i on i.record_id = b.record_id
      where b.job_id = j.id and i.import_id = ${importId} and ${going} and not i.known)`,
  );
}

/**
 * Takes back what was let out and is in nobody's hands; gives how many. A worker that claims changes the record and only locks
 * its direction. So the directions are locked first, and who has what in hand is read in a statement of its own: it sees every
 * claim there was before the lock, and none can come after it. What a dead worker had in hand may be written already: it stays.
 */
export async function takeBack(tx: Queryable, importId: number): Promise<number> {
  const locked = await tx.execute<{ id: string }>(sql`
    select d.record_id as id from import_record i
    join record_direction d on d.record_id = i.record_id and d.direction = 'in'
    where i.import_id = ${importId} and ${going} and not i.known
      and d.state in ('pending', 'retrying') and d.lane = ${lanes.backfill}
    for no key update of d skip locked`);
  if (locked.rows.length === 0) return 0;
  const ids = sql.param(locked.rows.map(({ id }) => Number(id)));
  const rows = await tx.execute<{ number: number }>(sql`
    with back as (
      update record_direction d set state = 'held', fault = null, changed_at = now()
      from record r
      where d.record_id = any(${ids}::bigint[]) and d.direction = 'in' and r.id = d.record_id and r.lease_token is null
      returning d.record_id
    ), noted as (
      update import_record i set released_at = null from back
      where i.import_id = ${importId} and i.record_id = back.record_id
    )
    select count(*)::int as number from back`);
  return rows.rows[0]?.number ?? 0;
}

/** So many that are on their way are looked at in every turn of every worker; more only now and then. */
const fewGoing = 5_000;
const manyEvery = sql`interval '5 seconds'`;

/** Notes how what was let out has ended; what was written or ignored stays that, whatever comes later. */
export async function noteEnds(tx: Queryable, importId: number): Promise<void> {
  if (!(await isTimeToNote(tx, importId))) return;
  await tx.execute(sql`
    update import_record i set ended_at = now(),
      ended_as = case when d.state <> 'idle' then d.state when d.written_at >= i.released_at then 'written' else 'unchanged' end
    from record_direction d
    where i.import_id = ${importId} and ${going} and d.record_id = i.record_id and d.direction = 'in'
      and d.state not in ('pending', 'retrying', 'held')`);
}

async function isTimeToNote(tx: Queryable, importId: number): Promise<boolean> {
  const few = await tx.execute<{ few: boolean }>(sql`
    select count(*) <= ${fewGoing} as few from (
      select from import_record i where i.import_id = ${importId} and ${going}
      order by i.record_id limit ${fewGoing + 1}) as looked`);
  if (few.rows[0]?.few === true) return true;
  const noted = await tx.execute(sql`
    update import_run set noted_at = now()
    where id = ${importId} and coalesce(noted_at < now() - ${manyEvery}, true)`);
  return noted.rowCount === 1;
}

export interface Left {
  /** On their way, and due: those that are tried again later are not waited for. */
  readonly due: number;
  readonly isGoing: boolean;
  readonly isHeld: boolean;
  /** Brought by the import and let out, whatever became of them: what the canary limits. */
  readonly released: number;
}

interface LeftRow extends Record<string, unknown> {
  due: number;
  going: boolean;
  held: boolean;
  released: number;
}

/** As long as nobody has approved: all are counted, for there are few. */
export async function leftOfCanary(tx: Queryable, importId: number): Promise<Left> {
  const rows = await tx.execute<LeftRow>(sql`
    select count(*) > 0 as going, count(*) filter (where d.state = 'pending')::int as due,
      exists (select from import_record i where i.import_id = ${importId} and ${held}) as held,
      (select count(*)::int from import_record i
        where i.import_id = ${importId} and i.released_at is not null and i.written and not i.known) as released
    from import_record i
    left join record_direction d on d.record_id = i.record_id and d.direction = 'in'
    where i.import_id = ${importId} and ${going}`);
  return toLeft(rows.rows[0]);
}

/**
 * Afterwards: what is due in the lane of imports, counted no further than it takes to know that it is many. What a Bulk job has
 * in hand is due no more: the job sees to it.
 */
export async function leftOf(
  tx: Queryable,
  { id, connectionId, stream }: Pick<typeof importRun.$inferSelect, "id" | "connectionId" | "stream">,
  many: number,
): Promise<Left> {
  const rows = await tx.execute<LeftRow>(sql`
    select (${firstOf(id, going)}) is not null as going, (${firstOf(id, held)}) is not null as held,
      (select count(*)::int from (
        select from record_direction d
        where d.connection_id = ${connectionId} and d.stream = ${stream} and d.lane = ${lanes.backfill} and d.direction = 'in'
          and d.state in ('pending', 'retrying') and d.due_at <= now()
        order by d.due_at limit ${many}) as due) as due,
      0 as released`);
  return toLeft(rows.rows[0]);
}

/** In the order of its index: whether there is any is asked where most are neither. */
function firstOf(importId: number, which: SQL): SQL {
  return sql`select i.record_id from import_record i where i.import_id = ${importId} and ${which} order by i.record_id limit 1`;
}

function toLeft(row: LeftRow | undefined): Left {
  return {
    due: row?.due ?? 0,
    isGoing: row?.going === true,
    isHeld: row?.held === true,
    released: row?.released ?? 0,
  };
}

/** Bulk jobs of a connection that are filled, or that the org has. */
export async function countJobs(tx: Queryable, connectionId: number): Promise<number> {
  const rows = await tx.execute<{ jobs: number }>(sql`
    select count(*)::int as jobs from bulk_job where connection_id = ${connectionId} and state <> 'refused'`);
  return rows.rows[0]?.jobs ?? 0;
}

/**
 * Whether as many came as are expected, and nothing has come for so long. All are counted once after the latest has come, not
 * at every turn until somebody ends it by hand.
 */
export async function hasCome(
  tx: Queryable,
  importId: number,
  expected: number,
  quietMinutes: number,
): Promise<boolean> {
  const latest = sql`(select max(arrived_at) from import_record where import_id = ${importId})`;
  const quiet = await tx.execute<{ counted: boolean | null }>(sql`
    select latest = short_at as counted from import_run, ${latest} as arrivals (latest)
    where id = ${importId} and coalesce(latest <= now() - ${quietMinutes} * interval '1 minute', true)`);
  const [row] = quiet.rows;
  if (!row || row.counted === true) return false;
  const rows = await tx.execute<{ received: number }>(sql`
    select count(*)::int as received from import_record where import_id = ${importId} and counted`);
  if ((rows.rows[0]?.received ?? 0) >= expected) return true;
  await tx.execute(sql`update import_run set short_at = ${latest} where id = ${importId}`);
  return false;
}
