/**
 * Contacts that S-360 merged: nothing tells which number is the head (s360.md §1.5), so a person says it. The number is
 * not written any more, its sales move to the head's record by the usual way, and its own Salesforce record stays.
 */
import { sql, type SQL } from "drizzle-orm";
import { auditLog } from "@/drizzle/schema";
import { isProvisional, recordKeyOf } from "@/lib/core/record-key";
import type { ContactKind, Kind } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { giveToHeads } from "@/lib/sync/unite";
import type { MergedNumberResult, NumberSeen, NumbersSeen } from "./contract";

export interface SayMerged {
  readonly recordId: number;
  /** The number it belongs to now, as a person typed it. */
  readonly head: string;
  /** Who says so, as the page and the audit log name them. */
  readonly actor: string;
}

/** Both contacts as they would be merged, or why they cannot be; null when there is no such record. */
export async function lookAtMerge(
  db: Database,
  { recordId, head }: Omit<SayMerged, "actor">,
): Promise<NumbersSeen | null> {
  const number = await readNumber(db, recordId);
  if (!number) return null;
  const other = await findNumber(db, number, head);
  const refusal = refusalOf(number, other, head);
  return { number: seen(number), head: other && seen(other), sales: await countSales(db, number), refusal };
}

/** Saying the same again changes nothing. */
export async function sayMerged(db: Database, input: SayMerged): Promise<MergedNumberResult> {
  return thenLate(db, async (tx) => {
    const number = await readNumber(tx, input.recordId, "locked");
    if (!number) return { outcome: "missing" };
    const head = await findNumber(tx, number, input.head);
    if (head && number.said_id === head.id) return { outcome: "unchanged" };
    const refusal = refusalOf(number, head, input.head);
    if (refusal !== null || !head) return { outcome: "refused", sentence: refusal ?? "" };
    await tx.execute(sql`
      insert into merged_contact (record_id, connection_id, said_id, head_id, said_by)
      values (${number.id}, ${number.connection_id}, ${head.id}, ${head.head_id ?? head.id}, ${input.actor})`);
    return moved(tx, number, input.actor, `contact ${number.key} merged into ${head.key}`);
  });
}

/** The number is written again, to the Salesforce record that it had, and its sales come back. */
export async function takeBackMerged(
  db: Database,
  { recordId, actor }: Omit<SayMerged, "head">,
): Promise<MergedNumberResult> {
  return thenLate(db, async (tx) => {
    const number = await readNumber(tx, recordId, "locked");
    if (!number) return { outcome: "missing" };
    if (number.said_id === null) return { outcome: "unchanged" };
    await tx.execute(sql`delete from merged_contact where record_id = ${number.id}`);
    return moved(tx, number, actor, `contact ${number.key} taken back`);
  });
}

/** A change whose records are due, and when it began. */
interface Moved {
  readonly outcome: "changed";
  readonly sales: number;
  readonly began: string;
  readonly connectionId: number;
  readonly numbers: readonly string[];
}

/**
 * Sales that came while the word was being stored, and that a worker had in its hands before it was: they knew nothing of
 * it, and it nothing of them.
 */
async function thenLate(
  db: Database,
  work: (tx: Queryable) => Promise<MergedNumberResult | Moved>,
): Promise<MergedNumberResult> {
  const result = await transact(db, work);
  if (!("began" in result)) return result;
  const { connectionId, numbers, began, sales } = result;
  const late = await transact(db, (tx) => makeReferringDue(tx, connectionId, numbers, began));
  return { outcome: "changed", sales: sales + late };
}

interface NumberRow extends Record<string, unknown> {
  id: string;
  connection_id: string;
  family: string;
  key: string;
  /** As S-360 spells it. */
  spelled: string | null;
  kind: Kind | null;
  label: string | null;
  links: NumberSeen["links"];
  said_id: string | null;
  /** Where it ends, when it was merged itself. */
  head_id: string | null;
  head_key: string | null;
}

/** `locked`: with its connection, so that two people cannot merge two numbers into each other. */
async function readNumber(db: Queryable, id: number, locked?: "locked"): Promise<NumberRow | null> {
  if (locked) {
    await db.execute(sql`
      select from connection where id = (select connection_id from record where id = ${id}) for no key update`);
  }
  return (await readNumbers(db, sql`r.id = ${id}`))[0] ?? null;
}

async function findNumber(db: Queryable, of: NumberRow, typed: string): Promise<NumberRow | null> {
  const key = recordKeyOf(typed);
  if (key.includes("\0")) return null;
  const where = sql`r.connection_id = ${of.connection_id} and r.family = 'contact' and r.key = ${key}`;
  return (await readNumbers(db, where))[0] ?? null;
}

async function readNumbers(db: Queryable, where: ReturnType<typeof sql>): Promise<NumberRow[]> {
  const rows = await db.execute<NumberRow>(sql`
    select r.id, r.connection_id, r.family, r.key, r.kind, r.label, r.s360_state->>'contactNumber' as spelled,
      coalesce((select jsonb_agg(jsonb_build_object('object', l.object, 'salesforceId', l.salesforce_id) order by l.id)
        from link l where l.record_id = r.id), '[]') as links,
      m.said_id, m.head_id, h.key as head_key
    from record r
    left join merged_contact m on m.record_id = r.id
    left join record h on h.id = m.head_id
    where ${where}`);
  return rows.rows;
}

/** Why the one cannot be merged into the other; null when it can. */
function refusalOf(number: NumberRow, head: NumberRow | null, typed: string): string | null {
  if (number.family !== "contact" || isProvisional(number.key))
    return "Only contacts that have a number in S-360 are merged there.";
  if (!head || head.kind === null || isProvisional(head.key)) {
    return `S-360 has not sent a contact ${typed.trim()}. Check the number; if it is right, have the box office save that contact once in S-360, which sends it.`;
  }
  if (head.id === number.id) return "That is the number itself. Type the number it belongs to now.";
  if (number.said_id !== null && number.said_id !== head.id) {
    return `It is said to be merged into ${number.head_key ?? "another number"} already. Take that back first.`;
  }
  if (head.head_id === number.id) {
    return `${head.key} is itself said to be merged into this number. Take that back first, on the page of ${head.key}.`;
  }
  // Of a number that S-360 never sent nothing is known but that sales name it.
  if (number.kind !== null && isStructure(number) !== isStructure(head))
    return "A structure and a person cannot be one contact in S-360: check the number.";
  return null;
}

function isStructure({ kind }: NumberRow): boolean {
  return kind === ("structure" satisfies ContactKind);
}

function seen({ id, key, spelled, kind, label, links, head_key: headKey }: NumberRow): NumberSeen {
  return { id: Number(id), key: spelled ?? key, kind, label, links, mergedInto: headKey };
}

/** Everything that follows from a number that was merged, or is not any more. */
async function moved(tx: Queryable, number: NumberRow, actor: string, subject: string): Promise<Moved> {
  const connectionId = Number(number.connection_id);
  const numbers = [number.id, ...(await mergedInto(tx, number.id))];
  await findHeads(tx, connectionId);
  await makeDue(tx, numbers);
  await giveToHeads(tx, numbers.map(Number));
  const sales = await makeReferringDue(tx, connectionId, numbers);
  const clock = await tx.execute<{ began: string }>(sql`select now()::text as began`);
  await tx.insert(auditLog).values({ connectionId, actor, action: "contacts merged", subject });
  await tx.execute(sql`select pg_notify('work', ${String(connectionId)})`);
  return { outcome: "changed", sales, began: clock.rows[0]?.began ?? "-infinity", connectionId, numbers };
}

/** Numbers that were said to be merged into it, or into one of those. */
async function mergedInto(tx: Queryable, recordId: string): Promise<string[]> {
  const rows = await tx.execute<{ record_id: string }>(sql`
    with recursive before as (
      select record_id from merged_contact where said_id = ${recordId}
      union
      select m.record_id from before b join merged_contact m on m.said_id = b.record_id
    )
    select record_id from before`);
  return rows.rows.map(({ record_id: id }) => id);
}

/** Each number of the connection is written as the one at the end of what was said. There are no cycles to follow. */
async function findHeads(tx: Queryable, connectionId: number): Promise<void> {
  await tx.execute(sql`
    with recursive chain as (
      select record_id, said_id as head, 1 as depth from merged_contact where connection_id = ${connectionId}
      union all
      select c.record_id, m.said_id, c.depth + 1 from chain c join merged_contact m on m.record_id = c.head
    ), ends as (
      select distinct on (record_id) record_id, head from chain order by record_id, depth desc
    )
    update merged_contact m set head_id = ends.head from ends
    where m.record_id = ends.record_id and m.head_id <> ends.head`);
}

/** One version more: what a worker has in its hands right now is looked at again. */
async function makeDue(tx: Queryable, ids: readonly string[]): Promise<void> {
  await tx.execute(sql`
    update record_direction set state = 'pending', due_at = now(), attempts = 0, fault = null, version = version + 1,
      changed_at = now()
    where record_id = any(${sql.param([...ids])}::bigint[]) and state <> 'held'`);
}

/**
 * Sales and relays that name one of the numbers; what a person is to decide, or an import holds, stays as it is. `since`:
 * only those that changed after it, or are being written.
 */
async function makeReferringDue(
  tx: Queryable,
  connectionId: number,
  ids: readonly string[],
  since = "-infinity",
): Promise<number> {
  const rows = await tx.execute<{ family: string }>(sql`
    with numbers as (
      select key, coalesce(s360_state->>'contactNumber', key) as spelled from record
      where id = any(${sql.param([...ids])}::bigint[])
    ), referring as (
      select sale.id from record o join numbers n on ${buyerOf(sql`o`)} = n.key
      join record sale on sale.parent_id = o.id
      where o.connection_id = ${connectionId} and o.family = 'order'
      union
      select r.id from record r join numbers n
        on r.s360_state->'contactConnections' @> jsonb_build_array(jsonb_build_object('contactNumber', n.spelled))
      where r.connection_id = ${connectionId} and r.family = 'contact' and r.kind = 'relay'
    ), due as (
      update record_direction d set state = 'pending', due_at = now(), attempts = 0, fault = null,
        version = version + 1, changed_at = now()
      from referring where d.record_id = referring.id and d.direction = 'in' and d.state not in ('review', 'held')
        and (d.changed_at > ${since}::timestamptz
          or d.changed_at <> ${since}::timestamptz
            and exists (select from record r where r.id = d.record_id and r.lease_until > now()))
      returning d.record_id
    )
    select r.family from due join record r on r.id = due.record_id`);
  return rows.rows.filter(({ family }) => family === "operation").length;
}

/** As it is indexed. */
export function buyerOf(order: SQL): SQL {
  return sql`left(lower(btrim(${order}.s360_state->>'contactReference')), 100)`;
}

async function countSales(db: Queryable, { connection_id: connectionId, key }: NumberRow): Promise<number> {
  const rows = await db.execute<{ sales: number }>(sql`
    select count(*)::int as sales from record o join record sale on sale.parent_id = o.id
    where o.connection_id = ${connectionId} and o.family = 'order'
      and ${buyerOf(sql`o`)} = ${key}`);
  return rows.rows[0]?.sales ?? 0;
}
