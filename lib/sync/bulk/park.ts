/**
 * Putting planned rows into a Bulk job. From then on the job is the lease of their records: nobody claims them, and newer
 * versions of them wait. Nothing has been sent yet.
 */
import { sql } from "drizzle-orm";
import { bulkIdentity, type BulkTarget } from "@/lib/core/bulk";
import type { EvaluatedBy } from "@/lib/core/mapping/published";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { evaluatedBy } from "../knowledge";
import type { ClaimedBatch } from "../records";
import type { Parking, PlannedWrite, SyncDeps } from "../work";
import { isOf, type Backlogs } from "./backlog";

/**
 * A job's results are kept for seven days (salesforce.md §3.6). Records that a job has not let go of by then are due again by
 * themselves, whatever became of it.
 */
const jobLease = sql.raw("interval '8 days'");

/** So many rows go into one job: they are read and settled in memory, and the org gives all results as one file. */
const mostRows = 20_000;
/** And so many characters of values, far below what Salesforce takes. */
const mostCharacters = 16_000_000;
/** So many jobs of a connection at a time; beyond that records are written by calls as ever. */
const mostJobs = 5;
/** When a job is begun that its worker left half filled. */
const abandonedSeconds = 30;

/** Where a batch puts the records of large backlogs. */
export function parkingOf(
  deps: Pick<SyncDeps, "db" | "published" | "settings">,
  batch: Pick<ClaimedBatch, "connectionId" | "leaseToken">,
  backlogs: Backlogs,
): Parking {
  const knowledge = evaluatedBy(deps);
  return {
    wants: (record) => isOf(backlogs, record),
    park: async (writes) => {
      const taken = new Set<string>();
      for (const group of groupsOf(writes))
        for (const rowId of await parkGroup(deps.db, batch, knowledge, group)) taken.add(rowId);
      return taken;
    },
  };
}

function groupsOf(writes: readonly PlannedWrite[]): readonly (readonly PlannedWrite[])[] {
  const groups = new Map<string, PlannedWrite[]>();
  for (const write of writes) {
    const name = JSON.stringify([write.record.stream, write.record.lane, targetOf(write)]);
    groups.set(name, [...(groups.get(name) ?? []), write]);
  }
  return [...groups.values()];
}

function targetOf({ row: { object, id, keyField } }: PlannedWrite): BulkTarget {
  return { object, verb: id === null ? "upsert" : "update", keyField };
}

/** The rows that were taken. */
async function parkGroup(
  db: Database,
  { connectionId, leaseToken }: Pick<ClaimedBatch, "connectionId" | "leaseToken">,
  knowledge: EvaluatedBy,
  writes: readonly PlannedWrite[],
): Promise<readonly string[]> {
  return transact(db, async (tx) => {
    const [first] = writes;
    const job = first && (await openJob(tx, connectionId, knowledge, first));
    if (!job) return [];
    const ids = sql.param(writes.map(({ record }) => record.id));
    // In the order in which records are locked everywhere.
    await tx.execute(sql`
      select from record where id = any(${ids}::bigint[]) order by family, key for no key update`);
    const kept = writes.map((write) => JSON.stringify(withoutState(write)));
    const sizes = new Map(writes.map(({ record, row }) => [record.id, JSON.stringify(row.fields).length]));
    const rows = await tx.execute<{ record_id: string }>(sql`
      insert into bulk_row (record_id, job_id, identity, parent, planned)
      select n.id, ${job.id}, n.identity, n.parent, n.planned::jsonb
      from unnest(
        ${ids}::bigint[],
        ${sql.param(writes.map(({ row }) => bulkIdentity(row)))}::text[],
        ${sql.param(writes.map(({ parent }) => parent ?? ""))}::text[],
        ${sql.param(kept)}::text[]
      ) as n (id, identity, parent, planned)
      join record r on r.id = n.id
      where r.lease_token = ${leaseToken} and r.lease_until > now()
      on conflict do nothing
      returning record_id`);
    const parked = new Set(rows.rows.map((row) => Number(row.record_id)));
    if (parked.size === 0) return [];
    const parkedIds = sql.param([...parked]);
    await tx.execute(sql`
      update record set lease_token = ${job.leaseToken}, lease_until = now() + ${jobLease}
      where id = any(${parkedIds}::bigint[])`);
    // What is in a job's hands is not looked at again by everyone who asks what is due.
    await tx.execute(sql`
      update record_direction set due_at = now() + ${jobLease}
      where direction = 'in' and record_id = any(${parkedIds}::bigint[])`);
    const characters = [...parked].reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
    await tx.execute(sql`
      update bulk_job set rows = rows + ${parked.size}, characters = characters + ${characters},
        state = case when rows + ${parked.size} >= ${mostRows} or characters + ${characters} >= ${mostCharacters}
          then 'ready' else state end,
        due_at = case when rows + ${parked.size} >= ${mostRows} or characters + ${characters} >= ${mostCharacters}
          then now() else now() + ${abandonedSeconds} * interval '1 second' end
      where id = ${job.id}`);
    return writes.flatMap(({ record, row }) => (parked.has(record.id) ? [row.rowId] : []));
  });
}

/** What the record was is of no use any more, only what is made of it. */
function withoutState(write: PlannedWrite): PlannedWrite {
  return { ...write, record: { ...write.record, state: {}, parentState: null, links: [] } };
}

/** The job that is being filled, or a new one; none where there are enough, or where the org has just refused one. */
async function openJob(
  tx: Queryable,
  connectionId: number,
  knowledge: EvaluatedBy,
  first: PlannedWrite,
): Promise<{ readonly id: number; readonly leaseToken: string } | null> {
  const { stream, lane } = first.record;
  const target = JSON.stringify(targetOf(first));
  const known = JSON.stringify(knowledge);
  type Row = { id: string; lease_token: string };
  const filling = await tx.execute<Row>(sql`
    select id, lease_token from bulk_job
    where connection_id = ${connectionId} and state = 'filling' and stream = ${stream} and lane = ${lane}
      and target = ${target}::jsonb and knowledge = ${known}::jsonb
      and (worker_until is null or worker_until < now())
    order by id limit 1 for update skip locked`);
  const made = await (filling.rows.length > 0
    ? filling
    : tx.execute<Row>(sql`
        insert into bulk_job (connection_id, stream, lane, target, state, knowledge)
        select ${connectionId}, ${stream}, ${lane}, ${target}::jsonb, 'filling', ${known}::jsonb
        where (select count(*) < ${mostJobs} and count(*) filter (where state = 'refused') = 0
          from bulk_job where connection_id = ${connectionId})
        returning id, lease_token`));
  const [row] = made.rows;
  return row ? { id: Number(row.id), leaseToken: row.lease_token } : null;
}

/** No more records come for the jobs of a connection: they begin. */
export async function beginJobs(db: Database, connectionId: number): Promise<void> {
  await db.execute(sql`
    update bulk_job set state = 'ready', due_at = now()
    where connection_id = ${connectionId} and state = 'filling'`);
}
