/**
 * Known contacts, asked of S-360 one after the other in the order of their numbers: S-360 tells neither of what it deletes
 * nor, for certain, of what it anonymises (s360.md §1.5). Which is the next, and what came of it.
 */
import { sql } from "drizzle-orm";
import { unknownMark, unknownToS360 } from "@/lib/core/anonymised";
import { provisionalKey } from "@/lib/core/record-key";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { exactTime } from "@/lib/platform/exact-time";
import { askingFor, ClaimLost, isHeld, renewed, type Claim } from "./asking";
import { countCalls, shareOfDay, uncountCalls } from "./s360-share";

/** A contact to ask for; whoever holds it is the only one who checks this connection. */
export interface KnownContact extends Claim {
  readonly connectionId: number;
  readonly key: string;
  /** As S-360 spells it. */
  readonly number: string;
  /** When it was taken: what came by itself since then is newer than the answer. */
  readonly askedAt: string;
  /** The number before it, to go back to. */
  readonly afterKey: string;
}

const restsFor = sql`interval '1 day'`;
/** Few contacts are not asked for more often than that. */
const roundAtLeast = sql`interval '1 day'`;
const purpose = "s360-check";

/**
 * Connections with calls left for it, the day's calls spread over the day. While anything waits to be taken in, an answer
 * could be older than what waits.
 */
const mayCheck = sql`
  connection c
  cross join lateral (
    select coalesce((c.settings #>> '{s360,checksPerDay}')::int, 0) as checks,
      extract(epoch from now() - date_trunc('day', now(), 'utc')) / 86400 as day_so_far) as setting
  ${shareOfDay(purpose)}
  left join contact_check k on k.connection_id = c.id
  where setting.checks > 0
    and used.today < ceil(least(setting.checks, share.calls) * setting.day_so_far)
    and coalesce(k.asking_until, '-infinity') <= now()
    and not exists (select from block b where b.connection_id = c.id and b.system = 's360' and b.until > now())
    and not exists (
      select from stream s where s.connection_id = c.id and s.name = 'contacts-in' and s.paused_at is not null)
    and not exists (select from payload p where p.connection_id = c.id and p.stream = 'contacts-in')`;

/** Connections that may ask for a known contact now. */
export async function connectionsToCheck(db: Database): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`select c.id from ${mayCheck} order by c.id`);
  return rows.rows.map(({ id }) => Number(id));
}

/** The contact after the one that was asked for last, counted as asked for; null when it is nobody's turn, or another worker asks. */
export async function claimKnown(db: Database, connectionId: number): Promise<KnownContact | null> {
  return transact(db, async (tx) => {
    await tx.execute(sql`
      insert into contact_check (connection_id)
      select c.id from ${mayCheck} and c.id = ${connectionId}
      on conflict do nothing`);
    const turns = await tx.execute<{ after_key: string }>(sql`
      select after_key from contact_check
      where connection_id = ${connectionId} and coalesce(asking_until, '-infinity') <= now()
        and exists (select from ${mayCheck} and c.id = ${connectionId})
      for no key update skip locked`);
    const turn = turns.rows[0];
    if (!turn) return null;
    const next = await contactAfter(tx, connectionId, turn.after_key);
    if (!next) {
      await beginAgain(tx, connectionId);
      return null;
    }
    const { rows } = await tx.execute<{ until: string; asked_at: string }>(sql`
      with claimed as (
        update contact_check set after_key = ${next.key}, asking_until = now() + ${askingFor}
        where connection_id = ${connectionId}
        returning asking_until::text as until, ${exactTime(sql`now()`)} as asked_at),
      counted as (${countCalls(connectionId, purpose)})
      select until, asked_at from claimed`);
    const { key, number } = next;
    const askedAt = rows[0]?.asked_at ?? "";
    return renewed({ connectionId, key, number, askedAt, afterKey: turn.after_key, askingUntil: "" }, rows);
  });
}

/** Its row, while it is ours. */
const it = (known: KnownContact) => sql`connection_id = ${known.connectionId} and ${isHeld(known)}`;

/** It is still being asked for. @throws ClaimLost */
export async function renewKnown(db: Queryable, known: KnownContact): Promise<KnownContact> {
  const { rows } = await db.execute<{ until: string }>(sql`
    update contact_check set asking_until = now() + ${askingFor} where ${it(known)}
    returning asking_until::text as until`);
  return renewed(known, rows);
}

/** Contacts that S-360 has numbered and nobody said to be merged, with the number as S-360 spells it. */
const known = sql`
  select r.key, coalesce(r.s360_state ->> 'contactNumber', r.key) as number, r.latest_contact_id, r.s360_state
  from record r
  where r.family = 'contact' and r.s360_state is not null and r.key not like ${provisionalKey("%")}
    and not exists (select from merged_contact m where m.record_id = r.id)`;

async function contactAfter(
  tx: Queryable,
  connectionId: number,
  afterKey: string,
): Promise<{ key: string; number: string } | null> {
  const rows = await tx.execute<{ key: string; number: string }>(sql`
    ${known} and r.connection_id = ${connectionId} and r.key > ${afterKey}
    order by r.key limit 1`);
  return rows.rows[0] ?? null;
}

async function beginAgain(tx: Queryable, connectionId: number): Promise<void> {
  await tx.execute(sql`
    update contact_check set after_key = '', round_at = now()
    where connection_id = ${connectionId} and round_at <= now() - ${roundAtLeast}`);
}

/** A contact that S-360 must know: where it does not, it is the wrong S-360, or one that hides them. */
export interface SureContact {
  readonly key: string;
  readonly number: string;
  /** S-360's technical id of it; null where S-360 never said one. */
  readonly contactId: string | null;
}

/** The last three that came by themselves, but for the one that is asked for: one of them may be gone as well. */
export async function contactsForSure(db: Database, asked: KnownContact): Promise<readonly SureContact[]> {
  const { connectionId, key } = asked;
  const { rows } = await db.execute<{ key: string; number: string; latest_contact_id: string | null }>(sql`
    ${known} and r.connection_id = ${connectionId} and r.key <> ${key} and r.s360_state -> ${unknownMark}::text is null
    order by r.updated_at desc limit 3`);
  return rows.map((row) => ({ key: row.key, number: row.number, contactId: row.latest_contact_id }));
}

/** A question beside that for the contact is counted as well. */
export async function countQuestion(db: Database, { connectionId }: KnownContact): Promise<void> {
  await db.execute(sql`with claimed as (select 1) ${countCalls(connectionId, purpose)}`);
}

/** As S-360 would tell that it is gone, if it told. */
export async function goneContact(
  db: Database,
  { connectionId, key, number }: KnownContact,
): Promise<Readonly<Record<string, unknown>>> {
  const rows = await db.execute<{ said: Readonly<Record<string, unknown>> }>(sql`
    select jsonb_strip_nulls(jsonb_build_object('contactId', s360_state -> 'contactId',
      'type', s360_state -> 'type', 'role', s360_state -> 'role')) as said
    from record where connection_id = ${connectionId} and family = 'contact' and key = ${key}`);
  return unknownToS360({ contactNumber: number, ...rows.rows[0]?.said });
}

/** It was asked for, whatever came. @throws ClaimLost */
export async function knownAsked(db: Queryable, known: KnownContact): Promise<void> {
  const asked = await db.execute(sql`
    update contact_check set asking_until = null, doubt = null where ${it(known)}`);
  if (asked.rowCount === 0) throw new ClaimLost();
}

/** S-360 as a whole did not answer: the contact keeps its turn, and the call does not count. Not ours any more, it is left alone. */
export async function knownUnasked(db: Database, known: KnownContact): Promise<void> {
  await db.execute(sql`
    with unasked as (
      update contact_check set after_key = ${known.afterKey}, asking_until = null
      where ${it(known)}
      returning connection_id)
    ${uncountCalls(purpose)}`);
}

/** Nothing is believed of what S-360 says now: the contact keeps its turn, tomorrow. Not ours any more, it is left alone. */
export async function checkRests(db: Database, known: KnownContact, doubt: string): Promise<void> {
  await db.execute(sql`
    update contact_check set after_key = ${known.afterKey}, asking_until = now() + ${restsFor}, doubt = ${doubt}
    where ${it(known)}`);
}

/** S-360 answered for the contact with another number: whether they were merged, only a person can say, who is told once. */
export async function tellOtherNumber(db: Database, asked: KnownContact, other: string): Promise<void> {
  const { connectionId, key, number } = asked;
  const sentence = `Asked for contact ${number}, S-360 answers with contact ${other}. If ${number} was merged into ${other}, say so on the page of ${number}: Merged in S-360 ….`;
  await db.execute(sql`
    insert into review (connection_id, kind, about, record_id, sentence, subject)
    select r.connection_id, 'told', 'other number', r.id, ${sentence}, '{"direction": "in"}'::jsonb
    from record r where r.connection_id = ${connectionId} and r.family = 'contact' and r.key = ${key}
      and not exists (select from review v where v.record_id = r.id and v.kind = 'told' and v.sentence = ${sentence})
    on conflict (record_id, kind, about) where state <> 'closed' and record_id is not null
    do update set sentence = excluded.sentence`);
}

/** Connections whose check rests, and why: a statement. */
export const restingChecks = sql`
  select connection_id, doubt from contact_check where doubt is not null and asking_until > now()`;
