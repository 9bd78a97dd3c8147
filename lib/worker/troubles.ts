/**
 * Notices about what has stood in the way of a connection for long: a system that refuses work as a whole, calls of S-360 that
 * cannot be taken in, contacts that may not be asked for, Bulk jobs that Salesforce does not take or does not finish, or a
 * check that S-360 gives cause to doubt. One notice each, at most once in 24 hours; it closes by itself when that is over. It
 * goes out with the mail about reviews.
 */
import { sql } from "drizzle-orm";
import { restingChecks } from "@/lib/inbox/known";
import { sharesUsedUp } from "@/lib/inbox/missing";
import { transact, type Database } from "@/lib/platform/db";
import { describeError, type Logger } from "@/lib/platform/log";
import { bulkTroubles } from "@/lib/sync/bulk/troubles";

interface TroublesInput {
  readonly db: Database;
  readonly log: Logger;
}

/** Any number; the lock is of all connections. */
const lockKey = 836_005;
const heldFor = sql`interval '1 hour'`;
/** A pause that is over is followed by a try; as long as that has not said how it stands, it stands as before. */
const justTried = sql`interval '5 minutes'`;
const notTakenInFor = sql`interval '10 minutes'`;

const since = sql`to_char(since at time zone c.time_zone, 'YYYY-MM-DD HH24:MI')`;

const troubles = sql`
  select c.id as connection_id, 'held ' || b.system || ' ' || (b.fault->>'code') as about,
    case b.system when 's360' then 'S-360' else 'Salesforce' end || ' has taken no work since ' || ${since} || '. '
      || (b.fault->>'sentence') || ' It is asked again by itself.' as sentence
  from block b join connection c on c.id = b.connection_id
  where b.since < now() - ${heldFor} and b.until > now() - ${justTried}
  union all
  select c.id, 'not taken in ' || first.stream,
    'What S-360 sent (' || first.stream || ') has been kept since ' || ${since} || ', and could not be taken in. '
      || (first.fault->>'sentence') || ' It is tried again by itself.'
  from connection c
  cross join unnest(array['contacts-in', 'orders-in']) as s (name)
  cross join lateral (
    select p.stream, p.fault, p.received_at as since from payload p
    where p.connection_id = c.id and p.stream = s.name order by p.id limit 1) as first
  where first.fault is not null and first.since < now() - ${notTakenInFor}
  union all
  select connection_id, 'contacts not asked for',
    'More contacts are awaited than S-360 may be asked for in a day: ' || calls || ' of them today, a quarter of what is left of the month''s calls. The others are asked for tomorrow. Raise s360.callsPerMonth in the connection''s file if the contract allows more, or find out why S-360 does not send these contacts by itself.'
  from (${sharesUsedUp}) as share
  union all
  select connection_id, 'contacts not checked', doubt from (${restingChecks}) as resting
  union all
  ${bulkTroubles}`;

/** To be called now and then. Never throws: it is tried again soon. */
export async function keepTroubles({ db, log }: TroublesInput): Promise<void> {
  try {
    const opened = await transact(db, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`);
      await tx.execute(sql`
        update review v set state = 'closed', closed_at = now()
        where v.kind = 'trouble' and v.state = 'open' and v.about similar to '(held|not taken in|contacts not asked for|contacts not checked|bulk job)%'
          and not exists (
            select from (${troubles}) as t where t.connection_id = v.connection_id and t.about = v.about)`);
      const rows = await tx.execute<{ connection_id: string; about: string }>(sql`
        insert into review (connection_id, kind, about, sentence, subject)
        select t.connection_id, 'trouble', t.about, t.sentence, '{"direction": "in"}'::jsonb
        from (${troubles}) as t
        where not exists (
          select from review v where v.connection_id = t.connection_id and v.kind = 'trouble' and v.about = t.about
            and (v.state <> 'closed' or v.opened_at > now() - interval '24 hours'))
        returning connection_id, about`);
      return rows.rows;
    });
    for (const { connection_id, about } of opened)
      log.warn({ connectionId: Number(connection_id), about }, "told of what stands in the way");
  } catch (error) {
    log.warn({ err: describeError(error) }, "nobody could be told of what stands in the way");
  }
}
