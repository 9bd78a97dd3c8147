/** Contacts that others wait for and that S-360 never sent: which of them to ask S-360 for now, and what came of it. */
import { sql, type SQL } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import { lanes } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { askingFor, ClaimLost, isHeld, renewed, type Claim } from "./asking";
import { countCalls, shareOfDay, uncountCalls } from "./s360-share";

/** A contact to ask for; whoever holds it is the only one who asks for this connection. */
export interface MissingContact extends Claim {
  readonly recordId: number;
  readonly key: string;
  /** How often it was asked for, this time included. */
  readonly tries: number;
}

const purpose = "s360-missing";

const minutesOf = sql`select coalesce((c.settings #>> '{waiting,askS360AfterMinutes}')::int, 30) as minutes`;

/** Connections, how long they wait before they ask, and today's share of calls for it. */
const connections = sql`
  connection c
  cross join lateral (${minutesOf}) as setting
  ${shareOfDay(purpose)}`;

/** Who waits: sales that were written without their contact go on awaiting it, records that are no longer parked do not. */
const stillWaits = sql`(d.state = 'waiting'
  or d.state = 'idle' and exists (select from record s where s.id = w.record_id and s.family = 'operation'))`;

/**
 * Nor does what an initial import brought count: thousands of its sales would use up the month's calls for contacts that S-360
 * sends by itself.
 */
const mayBeAsked = sql`(r.family = 'contact' and r.s360_state is null and d.lane <> ${lanes.backfill} and ${stillWaits})`;

/**
 * The contact that is awaited longest of those that are awaited for as long as the connection says, and not asked for of late.
 * Waiters are read in the order in which they are to be looked at, until one fits: `passOver` puts off those that do not.
 */
const longestAwaited = (looked: SQL) => sql`
  select r.id, r.key
  from waiting w
  join record r on r.id = w.awaited_id and r.connection_id = c.id
  join record_direction d on d.record_id = w.record_id and d.direction = 'in'
  left join missing_contact m on m.record_id = r.id
  where w.look_at ${looked} and ${mayBeAsked}
    and w.since <= now() - setting.minutes * interval '1 minute' and coalesce(m.due_at, w.since) <= now()
  order by w.look_at, w.awaited_id limit 1`;

const toLookAt = sql`<= now()`;

/** When the share may be another: it is of a day (UTC), and the contract may change. Known by it: who is put off for the share. */
const nextShare = sql`date_trunc('hour', now(), 'UTC') + interval '1 hour'`;
/** A pause is ended by a person, and so may be a hold, at any time. */
const whenOpen = sql`now() + interval '5 minutes'`;

/** Until when S-360 is asked for none of a connection's contacts; null: it may be asked. */
const closedUntil = sql`
  case
    when used.today >= share.calls then ${nextShare}
    when exists (
      select from stream s where s.connection_id = c.id and s.name = 'contacts-in' and s.paused_at is not null)
      then ${whenOpen}
    else (
      select least(b.until, ${whenOpen}) from block b
      where b.connection_id = c.id and b.system = 's360' and b.until > now())
  end`;

const next = sql`
  ${connections} cross join lateral (${longestAwaited(toLookAt)}) as next
  where setting.minutes > 0 and ${closedUntil} is null
    and not exists (
      select from missing_contact o where o.connection_id = c.id and o.asking_until > now())`;

/** So many waiters are looked at in one statement, and more in the next when none of them fits; the rest another time. */
const slices = [8, 40, 200, 1_000, 1_000];
/** When it is looked at again though S-360 is not asked for any: the setting may change. */
const whenAsking = sql`now() + interval '1 hour'`;
/** And though it is none that S-360 is asked for, or was asked for often enough: as it becomes one, it is settled anew. */
const again = sql`now() + interval '1 day'`;
const mayBeAskedAt = sql`greatest(w.since + setting.minutes * interval '1 minute', m.due_at)`;

/**
 * Puts off the waiters that S-360 is not to be asked for yet, so that nobody reads past them every time: of an import there may
 * be a hundred thousand. Those that S-360 may be asked for now stay in front, and end it; those of a connection that may ask
 * for none are no such. What another worker has in hand is left to that one.
 */
async function passOver(db: Database): Promise<void> {
  for (const slice of slices) {
    const put = await db.execute(sql`
      with closed as materialized (select c.id, ${closedUntil} as until from ${connections})
      update waiting set look_at = first.next_at
      from (
        select w.record_id, w.awaited_id, found.next_at
        from (
          select * from waiting where look_at <= now() order by look_at, awaited_id limit ${slice} for update skip locked) w
        cross join lateral (
          select case
              when setting.minutes = 0 then ${whenAsking}
              when d.record_id is null or not ${mayBeAsked} then ${again}
              when ${mayBeAskedAt} > now() then least(${mayBeAskedAt}, ${again})
              else closed.until
            end as next_at
          from record r
          join connection c on c.id = r.connection_id
          join closed on closed.id = c.id
          cross join lateral (${minutesOf}) as setting
          left join record_direction d on d.record_id = w.record_id and d.direction = 'in'
          left join missing_contact m on m.record_id = r.id
          where r.id = w.awaited_id limit 1) as found
      ) as first
      where waiting.record_id = first.record_id and waiting.awaited_id = first.awaited_id and first.next_at is not null`);
    if ((put.rowCount ?? 0) < slice) return;
  }
}

/** Connections with contacts to ask for. */
export async function connectionsWithMissing(db: Database): Promise<number[]> {
  await passOver(db);
  const rows = await db.execute<{ id: string }>(sql`select c.id from ${next} order by c.id`);
  return rows.rows.map(({ id }) => Number(id));
}

/** Connections that await more contacts than they may ask for in a day, and how many that are: a statement. */
export const sharesUsedUp = sql`
  select c.id as connection_id, share.calls from ${connections}
  where setting.minutes > 0 and used.today >= share.calls
    and (exists (${longestAwaited(toLookAt)}) or exists (${longestAwaited(sql`= ${nextShare}`)}))`;

/** The contact that is awaited longest, and counted as asked for; null when there is none, or another worker asks. */
export async function claimMissing(db: Database, connectionId: number): Promise<MissingContact | null> {
  await passOver(db);
  const rows = await db.execute<{ id: string; key: string; tries: number; until: string }>(sql`
    with next as (
      select next.id, next.key from ${next} and c.id = ${connectionId}),
    claimed as (
      insert into missing_contact as m (record_id, connection_id, tries, due_at, asking_until)
      select id, ${connectionId}, 1, now() + ${askingFor}, now() + ${askingFor} from next
      on conflict (record_id) do update
        set tries = m.tries + 1, due_at = excluded.due_at, asking_until = excluded.asking_until
        where m.due_at <= now()
      returning record_id, tries, asking_until::text as until),
    counted as (${countCalls(connectionId, purpose)})
    select next.id, next.key, claimed.tries, claimed.until from claimed join next on next.id = claimed.record_id`);
  const row = rows.rows[0];
  return row ? { recordId: Number(row.id), key: row.key, tries: row.tries, askingUntil: row.until } : null;
}

/** Its row, while it is ours. */
const it = (missing: MissingContact) => sql`record_id = ${missing.recordId} and ${isHeld(missing)}`;

/** It is still being asked for. @throws ClaimLost */
export async function renewMissing(db: Queryable, missing: MissingContact): Promise<MissingContact> {
  const { rows } = await db.execute<{ until: string }>(sql`
    update missing_contact set asking_until = now() + ${askingFor} where ${it(missing)}
    returning asking_until::text as until`);
  return renewed(missing, rows);
}

/** It has come: there is nothing left to ask. @throws ClaimLost */
export async function missingCame(db: Queryable, missing: MissingContact): Promise<void> {
  const gone = await db.execute(sql`delete from missing_contact where ${it(missing)}`);
  if (gone.rowCount === 0) throw new ClaimLost();
}

/**
 * S-360 as a whole did not answer: the contact keeps its turn, and the try does not count. Not ours any more, it is left
 * alone.
 */
export async function missingUnasked(db: Database, missing: MissingContact): Promise<void> {
  await db.execute(sql`
    with unasked as (
      update missing_contact set tries = tries - 1, due_at = now(), asking_until = null
      where ${it(missing)}
      returning connection_id)
    ${uncountCalls(purpose)}`);
}

/**
 * It did not come. What waits for it says so, and it is asked for again after a while, or no more (null). What may go on
 * without it does so by `goOnWithout`, in the same transaction. @throws ClaimLost
 */
export async function missingAbsent(
  db: Database,
  missing: MissingContact,
  { fault, againInMs }: { readonly fault: Fault; readonly againInMs: number | null },
  goOnWithout: (tx: Queryable, contactId: number) => Promise<void>,
): Promise<void> {
  const { recordId } = missing;
  await transact(db, async (tx) => {
    // In the order of inbox and settling, with which the update below would otherwise cross.
    await tx.execute(sql`
      select from record r
      where r.id = ${recordId} or r.id in (select w.record_id from waiting w where w.awaited_id = ${recordId})
      order by r.family, r.key
      for no key update`);
    const noted = await tx.execute(sql`
      update missing_contact set asking_until = null,
        due_at = coalesce(now() + ${againInMs}::float8 * interval '1 millisecond', 'infinity')
      where ${it(missing)}`);
    if (noted.rowCount === 0) throw new ClaimLost();
    await tx.execute(sql`
      update record_direction d set fault = ${JSON.stringify(fault)}::jsonb
      from waiting w
      where w.awaited_id = ${recordId} and d.record_id = w.record_id and d.direction = 'in' and d.state = 'waiting'`);
    await goOnWithout(tx, recordId);
  });
}
