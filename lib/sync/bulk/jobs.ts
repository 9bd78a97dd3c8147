/** Bulk jobs as rows: claimed by one worker at a time, as feeds are. Each step is stored before the next one begins. */
import { randomUUID } from "node:crypto";
import { sql, type SQL } from "drizzle-orm";
import type { BulkProgress, BulkState, BulkTarget } from "@/lib/core/bulk";
import type { Fault } from "@/lib/core/faults";
import type { EvaluatedBy } from "@/lib/core/mapping/published";
import type { WriteRow } from "@/lib/core/side";
import type { Lane } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { PlannedWrite } from "../work";
import { dissolveJobs, letGo } from "./let-go";
import { readAgain } from "./read-again";

/** A step that takes longer than this without being renewed is taken over by another worker. */
const workerSeconds = 45;

export interface ClaimedJob {
  readonly id: number;
  readonly connectionId: number;
  readonly lane: Lane;
  readonly state: BulkState;
  readonly target: BulkTarget;
  readonly knowledge: EvaluatedBy;
  /** Its records are leased under this. */
  readonly leaseToken: string;
  readonly salesforceId: string | null;
  readonly rows: number;
  /** How long the org has had it. */
  readonly runningMs: number;
  readonly tries: number;
  /** The worker that is about it now. */
  readonly workerToken: string;
}

/** The job is in another worker's hands by now. */
export class JobLost extends Error {
  override readonly name = "JobLost";
}

interface ClaimedRow extends Record<string, unknown> {
  id: string;
  connection_id: string;
  lane: Lane;
  state: BulkState;
  target: BulkTarget;
  knowledge: EvaluatedBy;
  lease_token: string;
  salesforce_id: string | null;
  rows: number;
  running_ms: number;
  tries: number;
}

/** Not yet, or not for certain, in the org's hands. */
const begins = sql`('filling', 'ready')`;
const isFree = sql`j.due_at <= now() and (j.worker_until is null or j.worker_until < now())
  and not exists (
    select from block b where b.connection_id = j.connection_id and b.system = 'salesforce' and b.until > now())`;
const mayBegin = sql`j.state in ${begins} and ${isFree} and not exists (
  select from stream s
  where s.connection_id = j.connection_id and s.name = j.stream and s.paused_at is not null)`;
/** Any number: the other half of the key is the connection. */
const beginLock = 836_013;

/**
 * Takes the jobs that are due and that nobody is about: all that have begun, and of those that have not one of a connection
 * while no worker begins another, for a job's rows and its file are in memory then and the org takes files one by one. While
 * Salesforce is held nothing is asked, and what has not begun does not begin while its stream is paused. What is still being
 * filled is due only when its worker has left it.
 */
export async function claimJobs(db: Database): Promise<ClaimedJob[]> {
  const goingOn = await take(
    db,
    sql`select j.id from bulk_job j where j.state not in ${begins} and ${isFree} order by j.due_at for update skip locked`,
  );
  const toBegin = await db.execute<{ id: string }>(sql`
    select distinct j.connection_id as id from bulk_job j where ${mayBegin} order by 1`);
  const begun: ClaimedJob[] = [];
  for (const { id } of toBegin.rows) begun.push(...(await takeNext(db, Number(id))));
  return [...goingOn, ...begun];
}

/** The job of a connection that begins next; none while another is begun. */
async function takeNext(db: Database, connectionId: number): Promise<ClaimedJob[]> {
  return transact(db, async (tx) => {
    const lock = await tx.execute<{ mine: boolean }>(sql`
      select pg_try_advisory_xact_lock(${beginLock}::int, ${connectionId}::int) as mine`);
    if (lock.rows[0]?.mine !== true) return [];
    // A statement of its own: it sees what was taken before the lock was had.
    return take(
      tx,
      sql`select j.id from bulk_job j
        where j.connection_id = ${connectionId} and ${mayBegin} and not exists (
          select from bulk_job o
          where o.connection_id = j.connection_id and o.state in ('filling', 'ready', 'opened') and o.worker_until > now())
        order by j.due_at, j.id limit 1 for update skip locked`,
    );
  });
}

async function take(db: Queryable, ids: SQL): Promise<ClaimedJob[]> {
  const workerToken = randomUUID();
  const rows = await db.execute<ClaimedRow>(sql`
    update bulk_job set worker_token = ${workerToken}, worker_until = now() + ${workerSeconds} * interval '1 second'
    where id in (${ids})
    returning id, connection_id, lane, state, target, knowledge, lease_token, salesforce_id, rows, tries,
      coalesce(extract(epoch from now() - loaded_at) * 1000, 0)::float8 as running_ms`);
  return rows.rows.map((row) => ({
    id: Number(row.id),
    connectionId: Number(row.connection_id),
    lane: row.lane,
    state: row.state,
    target: row.target,
    knowledge: row.knowledge,
    leaseToken: row.lease_token,
    salesforceId: row.salesforce_id,
    rows: row.rows,
    runningMs: row.running_ms,
    tries: row.tries,
    workerToken,
  }));
}

export async function renewJob(db: Database, job: ClaimedJob): Promise<void> {
  await db.execute(sql`
    update bulk_job set worker_until = now() + ${workerSeconds} * interval '1 second' where ${isOurs(job)}`);
}

export interface JobRecord {
  readonly recordId: number;
  readonly row: WriteRow;
}

/** What is still in the job's hands, by parent: only the rows, for a job has many. */
export async function rowsOf(db: Database, job: ClaimedJob): Promise<JobRecord[]> {
  const rows = await db.execute<{ record_id: string; row: WriteRow }>(sql`
    select b.record_id, b.planned->'row' as row from bulk_row b join record r on r.id = b.record_id
    where b.job_id = ${job.id} and r.lease_token = ${job.leaseToken}
    order by b.parent, b.record_id`);
  return rows.rows.map(({ record_id: recordId, row }) => ({ recordId: Number(recordId), row }));
}

/** All that is noted with some of its rows. */
export async function plannedOf(
  db: Database,
  job: ClaimedJob,
  recordIds: readonly number[],
): Promise<PlannedWrite[]> {
  const rows = await db.execute<{ planned: PlannedWrite }>(sql`
    select planned from bulk_row
    where job_id = ${job.id} and record_id = any(${sql.param([...recordIds])}::bigint[])`);
  return rows.rows.map(({ planned }) => planned);
}

/** What a step of the org's work led to. Throws JobLost. */
export async function storeStep(
  db: Database,
  job: ClaimedJob,
  step: {
    readonly state: BulkState;
    readonly salesforceId: string | null;
    readonly dueInMs?: number;
    readonly progress?: BulkProgress;
    /** It stays in this worker's hands. */
    readonly goesOn?: boolean;
  },
): Promise<void> {
  const { state, salesforceId, dueInMs = 0, progress, goesOn = false } = step;
  const stored = await db.execute(sql`
    update bulk_job set state = ${state}, salesforce_id = ${salesforceId},
      feed_from = case when ${state} <> 'opened' then feed_from else (
        select c.read_until from cursor c
        where c.connection_id = bulk_job.connection_id and c.object = bulk_job.target->>'object') end,
      loaded_at = case when ${state} = 'loading' then coalesce(loaded_at, now()) end,
      processed = coalesce(${progress?.processed ?? null}::int, processed),
      failed = coalesce(${progress?.failed ?? null}::int, failed),
      due_at = now() + ${dueInMs} * interval '1 millisecond',
      tries = 0, fault = null,
      worker_token = case when ${goesOn} then worker_token end,
      worker_until = case when ${goesOn} then worker_until end
    where ${isOurs(job)}`);
  if (stored.rowCount === 0) throw new JobLost();
}

/** A step came to nothing, or is not to be made yet: it is made again. Throws JobLost. */
export async function postpone(
  db: Database,
  job: ClaimedJob,
  fault: Fault | null,
  { inMs, counts }: { readonly inMs: number; readonly counts: boolean },
): Promise<void> {
  const stored = await db.execute(sql`
    update bulk_job set fault = ${fault && JSON.stringify(fault)}::jsonb, tries = tries + ${counts ? 1 : 0},
      due_at = now() + ${inMs} * interval '1 millisecond', worker_token = null, worker_until = null
    where ${isOurs(job)}`);
  if (stored.rowCount === 0) throw new JobLost();
}

/** The org's id as it is stored now. */
export async function salesforceIdOf(db: Database, job: ClaimedJob): Promise<string | null> {
  const rows = await db.execute<{ salesforce_id: string | null }>(sql`
    select salesforce_id from bulk_job where ${isOurs(job)}`);
  const [row] = rows.rows;
  if (!row) throw new JobLost();
  return row.salesforce_id;
}

/** Rows that had no room in the file are a job of their own. Throws JobLost. */
export async function splitOff(db: Database, job: ClaimedJob, recordIds: readonly number[]): Promise<void> {
  await transact(db, async (tx) => {
    const ids = sql.param([...recordIds]);
    const made = await tx.execute<{ id: string; lease_token: string }>(sql`
      insert into bulk_job (connection_id, stream, lane, target, state, knowledge, rows)
      select connection_id, stream, lane, target, 'ready', knowledge, ${recordIds.length} from bulk_job where ${isOurs(job)}
      returning id, lease_token`);
    const [rest] = made.rows;
    if (!rest) throw new JobLost();
    await tx.execute(sql`
      select from record where id = any(${ids}::bigint[]) order by family, key for no key update`);
    await tx.execute(sql`
      update record set lease_token = ${rest.lease_token}
      where id = any(${ids}::bigint[]) and lease_token = ${job.leaseToken}`);
    await tx.execute(sql`
      update bulk_row set job_id = ${rest.id} where job_id = ${job.id} and record_id = any(${ids}::bigint[])`);
    await tx.execute(sql`update bulk_job set rows = rows - ${recordIds.length} where id = ${job.id}`);
  });
}

/**
 * Ends a job. The feed is to look again at what it has made. The records that are still in its hands are due at once, and are
 * written by calls, as everything that was tried before; those that are `untried` stand as if they had never been in it.
 * `refused`: it stays for a while as the reason why no other is begun. Throws JobLost.
 */
export async function endJob(
  db: Database,
  job: ClaimedJob,
  {
    untried = [],
    refused,
  }: {
    readonly untried?: readonly number[];
    readonly refused?: { readonly fault: Fault; readonly forMs: number };
  } = {},
): Promise<void> {
  await transact(db, async (tx) => {
    const held = await tx.execute(sql`select from bulk_job where ${isOurs(job)} for update`);
    if (held.rowCount === 0) throw new JobLost();
    await readAgain(tx, job.id);
    const ids = sql.param(await letGo(tx, [job.id]));
    await tx.execute(sql`
      update record_direction set attempts = greatest(attempts, 1)
      where direction = 'in' and record_id = any(${ids}::bigint[])
        and record_id <> all(${sql.param([...untried])}::bigint[])`);
    if (refused) {
      await tx.execute(sql`
        update bulk_job set state = 'refused', fault = ${JSON.stringify(refused.fault)}::jsonb, rows = 0,
          due_at = now() + ${refused.forMs} * interval '1 millisecond', worker_token = null, worker_until = null
        where id = ${job.id}`);
    } else await tx.execute(sql`delete from bulk_job where id = ${job.id}`);
    await tx.execute(sql`select pg_notify('work', ${String(job.connectionId)})`);
  });
}

/** Takes a job apart that has not begun. Should it be in another worker's hands by now, that one sees to it. */
export async function dissolve(db: Database, job: ClaimedJob): Promise<void> {
  await transact(db, (tx) => dissolveJobs(tx, sql`j.id = ${job.id} and j.worker_token = ${job.workerToken}`));
}

function isOurs({ id, workerToken }: ClaimedJob) {
  return sql`id = ${id} and worker_token = ${workerToken}`;
}
