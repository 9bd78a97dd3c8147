/** Records leave the hands of Bulk jobs: they are due at once. */
import { sql, type SQL } from "drizzle-orm";
import type { Queryable } from "@/lib/platform/db";

/** To be called under the locks of the jobs; gives the records that were still in their hands. */
export async function letGo(tx: Queryable, jobIds: readonly number[]): Promise<number[]> {
  const jobs = sql.param([...jobIds]);
  const released = await tx.execute<{ id: string }>(sql`
    with mine as (
      select r.id from bulk_row b
      join bulk_job j on j.id = b.job_id
      join record r on r.id = b.record_id and r.lease_token = j.lease_token
      where b.job_id = any(${jobs}::bigint[])
      order by r.family, r.key for no key update of r
    )
    update record r set lease_token = null, lease_until = null from mine where r.id = mine.id returning r.id`);
  const ids = released.rows.map(({ id }) => Number(id));
  await tx.execute(sql`
    update record_direction set due_at = now()
    where direction = 'in' and record_id = any(${sql.param(ids)}::bigint[])`);
  await tx.execute(sql`delete from bulk_row where job_id = any(${jobs}::bigint[])`);
  return ids;
}

/**
 * Takes jobs apart of which the org knows nothing yet, `j` among `which`: their records stand as if they had never been put
 * into one. A worker that is about to begin such a job finds it gone before it uploads anything.
 */
export async function dissolveJobs(tx: Queryable, which: SQL): Promise<void> {
  const jobs = await tx.execute<{ id: string; connection_id: string }>(sql`
    select j.id, j.connection_id from bulk_job j
    where j.state in ('filling', 'ready') and ${which}
    order by j.id for update`);
  if (jobs.rows.length === 0) return;
  const ids = jobs.rows.map(({ id }) => Number(id));
  await letGo(tx, ids);
  await tx.execute(sql`delete from bulk_job where id = any(${sql.param(ids)}::bigint[])`);
  for (const connectionId of new Set(jobs.rows.map((job) => job.connection_id)))
    await tx.execute(sql`select pg_notify('work', ${connectionId})`);
}
