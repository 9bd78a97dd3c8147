/** What of Bulk jobs somebody has to look at: a statement that gives connections, what it is about, and a sentence. */
import { sql } from "drizzle-orm";

/** Salesforce works off twenty thousand rows in minutes; what takes longer waits behind others, or for somebody. */
const longAfter = sql`interval '1 hour'`;

/** One that was refused stands for an hour in which no other is tried, so it is told at once. */
const refused = sql`
  select distinct on (j.connection_id) j.connection_id, 'bulk job refused' as about,
    'A large backlog of ' || (j.target->>'object') || ' was not taken as a Bulk job'
      || coalesce(' (' || j.salesforce_id || ')', '') || '. ' || coalesce(j.fault->>'sentence', '')
      || ' No other job is tried for an hour, and calls take more of what the org allows in a day. Look in Salesforce under Setup → Bulk Data Load Jobs, and whether the connector''s user may use the Bulk API; where it is not to, set salesforce.bulkFrom to off in the connection''s file.' as sentence
  from bulk_job j where j.state = 'refused' and j.due_at > now()
  order by j.connection_id, j.id`;

const unfinished = sql`
  select j.connection_id, 'bulk jobs unfinished' as about,
    'Salesforce has not finished within an hour: ' || string_agg(
        'Bulk job ' || j.salesforce_id || ' (' || j.rows || ' rows of ' || (j.target->>'object') || ', since '
        || to_char(j.loaded_at at time zone c.time_zone, 'YYYY-MM-DD HH24:MI') || ')', ', ' order by j.loaded_at)
      || '. Their records wait, and newer versions of them too. Look in Salesforce under Setup → Bulk Data Load Jobs: what is queued behind jobs of other integrations goes on by itself; what does not move can be aborted there, and the connector writes what is left of it by single calls.' as sentence
  from bulk_job j join connection c on c.id = j.connection_id
  where j.state = 'loading' and j.loaded_at < now() - ${longAfter}
  group by j.connection_id`;

export const bulkTroubles = sql`(${refused}) union all (${unfinished})`;
