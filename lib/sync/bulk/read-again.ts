/**
 * What people edit in a record that a job has made, while the job is not settled yet, the change feed meets as an edit of a
 * stranger and leaves alone. Nothing of it is remembered: a job's own rows would be most of it. Once the job is settled the
 * feed reads again, one time, from where it stood when the org got the job: what it tells is how things are by then, it
 * takes the ordinary way, and pages of 2,000 rows cost the least calls there are.
 */
import { sql } from "drizzle-orm";
import type { Queryable } from "@/lib/platform/db";

/**
 * Of contacts the feed reads; a job that the org never got has made no records. Where the feed had not begun by then it is our
 * own clock that counts, which may be as far from the org's as polls overlap. To be called when all is settled.
 */
export async function readAgain(tx: Queryable, jobId: number): Promise<void> {
  await tx.execute(sql`
    insert into reread (connection_id, object, since)
    select j.connection_id, c.object, coalesce(j.feed_from, j.created_at)
    from bulk_job j join cursor c on c.connection_id = j.connection_id and c.object = j.target->>'object'
    where j.id = ${jobId} and j.stream = 'contacts-in' and j.target->>'verb' = 'upsert'
      and j.state in ('opened', 'loading')
    on conflict (connection_id, object, since) do update set token = gen_random_uuid()`);
}
