/** Two records of ours that turn out to be one contact: what was known of the one goes over to the other. */
import { sql, type SQL } from "drizzle-orm";
import { isProvisional, provisionalKey } from "@/lib/core/record-key";
import { lanes } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { forgetIntent } from "./creations";
import { leaseSeconds } from "./lease";
import type { ClaimedBatch } from "./records";

/**
 * Gives a record the number it has in S-360. Where S-360 has sent that number already, the two become one: what is linked
 * and told of the first goes over to the other. `twin`: both are linked, so the org holds it twice. `busy`: one of them is
 * in another worker's hands than `ours`.
 */
export async function giveNumber(
  tx: Queryable,
  connectionId: number,
  recordId: number,
  key: string,
  ours: string | null = null,
): Promise<"given" | "twin" | "busy"> {
  const rows = await tx.execute<{ id: string; linked: boolean; busy: boolean }>(sql`
    select r.id, exists (select from link l where l.record_id = r.id) as linked,
      coalesce(r.lease_until > now(), false) and r.lease_token is distinct from ${ours}::uuid as busy
    from record r
    where r.connection_id = ${connectionId} and r.family = 'contact' and (r.key = ${key} or r.id = ${recordId})
    order by r.key for update of r`);
  if (rows.rows.some(({ busy }) => busy)) return "busy";
  const other = rows.rows.find(({ id }) => Number(id) !== recordId);
  if (!other) {
    await tx.execute(sql`update record set key = ${key}, updated_at = now() where id = ${recordId}`);
    await tx.execute(sql`update link set key = ${key} where record_id = ${recordId}`);
    await forgetIntent(tx, recordId);
    await followGone(tx, connectionId, recordId);
    return "given";
  }
  if (other.linked) return "twin";
  const otherId = Number(other.id);
  await tx.execute(sql`update link set record_id = ${otherId}, key = ${key} where record_id = ${recordId}`);
  const movedOut = await tx.execute(sql`
    update record_direction set record_id = ${otherId}
    where record_id = ${recordId} and direction = 'out'
      and not exists (select from record_direction d where d.record_id = ${otherId} and d.direction = 'out')`);
  await absorb(tx, recordId, otherId, { counts: (movedOut.rowCount ?? 0) > 0 });
  await followGone(tx, connectionId, otherId);
  await tx.execute(sql`
    update record_direction set state = 'pending', due_at = now(), attempts = 0, fault = null
    where record_id = ${otherId} and direction = 'in'`);
  return "given";
}

/** A record made in Salesforce that another contact's record is merged into there. */
export interface Newcomer {
  readonly recordId: number;
  readonly salesforceId: string;
  /**
   * `ours`: it may give way. `busy`: somebody else has it in hands, or S-360's answer is awaited. `unknown`: S-360 never
   * answered, and a person has said that the contact is there, under a number that nobody knows yet.
   */
  readonly standing: "ours" | "busy" | "unknown";
}

/**
 * Of these Salesforce records, those that S-360 has no number for yet. They are kept from other workers under the batch's
 * lease, so that none of them is created in S-360 while the number they are to get moves to them.
 */
export async function reserveNewcomers(
  tx: Queryable,
  { connectionId, leaseToken }: Pick<ClaimedBatch, "connectionId" | "leaseToken">,
  salesforceIds: readonly string[],
): Promise<Newcomer[]> {
  const found = await tx.execute<{ id: string; key: string; salesforce_id: string; left: boolean }>(sql`
    select r.id, r.key, l.salesforce_id, exists (
        select from review v where v.record_id = r.id and v.kind = 'create_unanswered' and v.choice = 'dismiss'
      ) and not exists (
        select from record_direction d where d.record_id = r.id and d.direction = 'out' and d.state <> 'ignored'
      ) as left
    from link l join record r on r.id = l.record_id
    where l.connection_id = ${connectionId} and l.head and l.salesforce_id = any(${sql.param([...salesforceIds])}::text[])
    order by r.key`);
  const newcomers = found.rows.filter(({ key }) => isProvisional(key));
  if (newcomers.length === 0) return [];
  // What another transaction has locked is busy: to wait for it, in an order of our own, might be for ever.
  const reserved = await tx.execute<{ id: string }>(sql`
    update record set lease_token = ${leaseToken}, lease_until = now() + ${leaseSeconds} * interval '1 second'
    where id in (
      select r.id from record r
      where r.id = any(${sql.param(newcomers.map(({ id }) => id))}::bigint[])
        and ${isFree(leaseToken)} and ${wasNotAsked}
      for no key update skip locked)
    returning id`);
  const ours = new Set(reserved.rows.map(({ id }) => id));
  return newcomers.map(({ id, left, salesforce_id: salesforceId }) => ({
    recordId: Number(id),
    salesforceId,
    standing: ours.has(id) ? "ours" : left ? "unknown" : "busy",
  }));
}

/**
 * A newcomer gives way to the record whose number its Salesforce record gets. Nothing may move while another worker has
 * it, or once S-360 was asked for it, unless a person (`leaseToken` null) has said so.
 * @throws Error
 */
export async function replaceNewcomer(
  tx: Queryable,
  { connectionId, leaseToken }: { readonly connectionId: number; readonly leaseToken: string | null },
  to: { readonly recordId: number; readonly mappingId: number; readonly salesforceId: string },
): Promise<void> {
  const rows = await tx.execute<{ id: string; key: string; free: boolean }>(sql`
    select r.id, r.key, ${isFree(leaseToken)} and (${leaseToken === null} or ${wasNotAsked}) as free
    from link l join record r on r.id = l.record_id
    where l.connection_id = ${connectionId} and l.mapping_id = ${to.mappingId} and l.salesforce_id = ${to.salesforceId}
      and l.head and l.record_id <> ${to.recordId}
    for update of r`);
  const [other] = rows.rows;
  if (!other) return;
  if (!other.free || !isProvisional(other.key)) {
    throw new Error(`record ${other.id} cannot give way to record ${to.recordId}`);
  }
  // What Salesforce told of the record that stayed was told to the newcomer.
  await tx.execute(sql`
    update link l set held = n.held from link n
    where l.record_id = ${to.recordId} and l.mapping_id = ${to.mappingId} and n.record_id = ${other.id}
      and n.mapping_id = l.mapping_id and n.held is not null`);
  await absorb(tx, Number(other.id), to.recordId, { counts: false });
}

/** What became of a record that was deleted while S-360 was being asked to create it is found out on the way back. */
async function followGone(tx: Queryable, connectionId: number, recordId: number): Promise<void> {
  await tx.execute(sql`
    insert into record_direction as d (record_id, direction, connection_id, stream, version, state, lane)
    select id, 'out', ${connectionId}, 'contacts-out', 1, 'pending', ${lanes.liveContacts} from record r
    where id = ${recordId}
      and exists (select from link l where l.record_id = r.id and l.gone_at is not null and l.fate_at is null)
    on conflict (record_id, direction) do update set
      state = 'pending', due_at = now(), attempts = 0, fault = null, version = d.version + 1, changed_at = now()`);
}

/** In no other worker's hands. */
function isFree(leaseToken: string | null): SQL {
  return sql`(coalesce(r.lease_until < now(), true) or coalesce(r.lease_token = ${leaseToken}::uuid, false))`;
}

const wasNotAsked = sql`not exists (select from creation c where c.record_id = r.id and c.sent_at is not null)`;

/** Whether a newcomer of this Salesforce record would not give way now. */
export async function isNewcomerBusy(
  tx: Queryable,
  connectionId: number,
  salesforceId: string,
): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from link l join record r on r.id = l.record_id
    where l.connection_id = ${connectionId} and l.salesforce_id = ${salesforceId} and l.head
      and r.key = ${provisionalKey(salesforceId)} and not (${isFree(null)})`);
  return rows.rows.length > 0;
}

/**
 * The timeline goes over, the record goes. `counts`: its versions go on with the other record; else what has not ended by
 * now never will by itself.
 */
async function absorb(
  tx: Queryable,
  recordId: number,
  into: number,
  { counts }: { readonly counts: boolean },
): Promise<void> {
  await tx.execute(sql`
    update event_record set record_id = ${into}, outcome = ${counts ? sql`outcome` : sql`coalesce(outcome, 'superseded')`}
    where record_id = ${recordId}`);
  await tx.execute(
    sql`update review set record_id = ${into} where record_id = ${recordId} and state = 'closed'`,
  );
  await tx.execute(sql`update attempt set record_id = ${into} where record_id = ${recordId}`);
  await tx.execute(sql`delete from record where id = ${recordId}`);
}

/**
 * Two numbers that S-360 merged may be one record in Salesforce that belongs to the one that went: nobody would write it.
 * The number that stayed takes it over, as it is agreed on, and the other becomes its alias. To be called whenever one of
 * these records was said to be merged, or has become an alias.
 */
export async function giveToHeads(tx: Queryable, recordIds: readonly number[]): Promise<void> {
  if (recordIds.length === 0) return;
  const ids = sql.param([...recordIds]);
  const given = await tx.execute<{ went: string; stays: string; record_id: string }>(sql`
    select n.id as went, a.id as stays, a.record_id
    from merged_contact m
    join link n on n.record_id = m.record_id and n.head
    join link a on a.record_id = m.head_id and not a.head
      and a.connection_id = n.connection_id and a.mapping_id = n.mapping_id and a.salesforce_id = n.salesforce_id
    where m.record_id = any(${ids}::bigint[]) or m.head_id = any(${ids}::bigint[])`);
  if (given.rows.length === 0) return;
  const went = sql.param(given.rows.map((row) => row.went));
  await tx.execute(sql`update link set head = false, updated_at = now() where id = any(${went}::bigint[])`);
  await tx.execute(sql`
    update link a set head = true, key = n.key, base = n.base, stored = n.stored, traces = n.traces, held = n.held,
      gone_at = n.gone_at, fate_at = n.fate_at, updated_at = now()
    from unnest(${went}::bigint[], ${sql.param(given.rows.map(({ stays }) => stays))}::bigint[]) as g (went, stays)
    join link n on n.id = g.went
    where a.id = g.stays`);
  await tx.execute(sql`
    update record_direction set state = 'pending', due_at = now(), attempts = 0, fault = null, version = version + 1,
      changed_at = now()
    where direction = 'in' and state not in ('review', 'held')
      and record_id = any(${sql.param(given.rows.map(({ record_id: id }) => id))}::bigint[])`);
}
