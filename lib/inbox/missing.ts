/** Contacts that others wait for and that S-360 never sent: which of them to ask S-360 for now, and what came of it. */
import { sql } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import { lanes } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";

/** A contact to ask for; whoever holds it is the only one who asks for this connection. */
export interface MissingContact {
  readonly recordId: number;
  readonly key: string;
  /** How often it was asked for, this time included. */
  readonly tries: number;
}

/** A worker that dies while it asks holds nobody up for longer. */
const askingFor = sql`interval '1 minute'`;

/**
 * Awaited for as long as the connection says, and not asked for of late. Records that are no longer parked do not count, nor
 * what an initial import brought: thousands of its sales would use up the month's calls for contacts that S-360 sends by itself.
 */
const awaited = sql`
  connection c
  join record r on r.connection_id = c.id and r.family = 'contact' and r.s360_state is null
  join waiting w on w.awaited_id = r.id
  join record_direction d on d.record_id = w.record_id and d.direction = 'in' and d.state = 'waiting'
    and d.lane <> ${lanes.backfill}
  left join missing_contact m on m.record_id = r.id
  cross join lateral (
    select coalesce((c.settings #>> '{waiting,askS360AfterMinutes}')::int, 30) as minutes) as setting
  where setting.minutes > 0
    and w.since <= now() - setting.minutes * interval '1 minute'
    and coalesce(m.due_at, w.since) <= now()
    and not exists (
      select from missing_contact o where o.connection_id = c.id and o.asking_until > now())
    and not exists (
      select from block b where b.connection_id = c.id and b.system = 's360' and b.until > now())
    and not exists (
      select from stream s where s.connection_id = c.id and s.name = 'contacts-in' and s.paused_at is not null)`;

/** Connections with contacts to ask for. */
export async function connectionsWithMissing(db: Database): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`select distinct c.id from ${awaited} order by c.id`);
  return rows.rows.map(({ id }) => Number(id));
}

/** The contact that is awaited longest; null when there is none, or another worker asks. */
export async function claimMissing(db: Database, connectionId: number): Promise<MissingContact | null> {
  const rows = await db.execute<{ id: string; key: string; tries: number }>(sql`
    with next as (
      select r.id, r.key from ${awaited} and c.id = ${connectionId}
      group by r.id, r.key order by min(w.since), r.id limit 1),
    claimed as (
      insert into missing_contact as m (record_id, connection_id, tries, due_at, asking_until)
      select id, ${connectionId}, 1, now() + ${askingFor}, now() + ${askingFor} from next
      on conflict (record_id) do update
        set tries = m.tries + 1, due_at = excluded.due_at, asking_until = excluded.asking_until
        where m.due_at <= now()
      returning record_id, tries)
    select next.id, next.key, claimed.tries from claimed join next on next.id = claimed.record_id`);
  const row = rows.rows[0];
  return row ? { recordId: Number(row.id), key: row.key, tries: row.tries } : null;
}

/** It has come: there is nothing left to ask. */
export async function missingCame(db: Database, { recordId }: MissingContact): Promise<void> {
  await db.execute(sql`delete from missing_contact where record_id = ${recordId}`);
}

/** S-360 as a whole did not answer: the contact keeps its turn, and the try does not count. */
export async function missingUnasked(db: Database, { recordId }: MissingContact): Promise<void> {
  await db.execute(sql`
    update missing_contact set tries = tries - 1, due_at = now(), asking_until = null
    where record_id = ${recordId}`);
}

/** It did not come. What waits for it says so, and it is asked for again after a while. */
export async function missingAbsent(
  db: Database,
  { recordId }: MissingContact,
  { fault, againInMs }: { readonly fault: Fault; readonly againInMs: number },
): Promise<void> {
  await transact(db, async (tx) => {
    // In the order of inbox and settling, with which the update below would otherwise cross.
    await tx.execute(sql`
      select from record r
      where r.id = ${recordId} or r.id in (select w.record_id from waiting w where w.awaited_id = ${recordId})
      order by r.family, r.key
      for no key update`);
    await tx.execute(sql`
      update missing_contact set due_at = now() + ${againInMs} * interval '1 millisecond', asking_until = null
      where record_id = ${recordId}`);
    await tx.execute(sql`
      update record_direction d set fault = ${JSON.stringify(fault)}::jsonb
      from waiting w
      where w.awaited_id = ${recordId} and d.record_id = w.record_id and d.direction = 'in' and d.state = 'waiting'`);
    await goOnWithout(tx, recordId);
  });
}

/** Sales that may be written without their account are due now; what else waits goes on waiting. */
async function goOnWithout(tx: Queryable, awaitedId: number): Promise<void> {
  await tx.execute(sql`
    with released as (
      update record_direction d set state = 'pending', due_at = now(), changed_at = now()
      from waiting w
      join record s on s.id = w.record_id and s.family = 'operation'
      join connection c on c.id = s.connection_id and c.settings #>> '{sales,withoutContact}' = 'unlinked'
      where w.awaited_id = ${awaitedId} and d.record_id = w.record_id and d.direction = 'in' and d.state = 'waiting'
      returning d.connection_id)
    select pg_notify('work', connection_id::text) from (select distinct connection_id from released) as r`);
}
