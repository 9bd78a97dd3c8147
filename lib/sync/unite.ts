/** Two records of ours that turn out to be one contact: what was known of the one goes over to the other. */
import { sql, type SQL } from "drizzle-orm";
import { isProvisional, provisionalKey } from "@/lib/core/record-key";
import type { Queryable } from "@/lib/platform/db";
import { forgetIntent } from "./creations";
import { leaseSeconds, type ClaimedBatch } from "./records";

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
    return "given";
  }
  if (other.linked) return "twin";
  const otherId = Number(other.id);
  await tx.execute(sql`update link set record_id = ${otherId}, key = ${key} where record_id = ${recordId}`);
  await tx.execute(sql`
    update record_direction set record_id = ${otherId}
    where record_id = ${recordId} and direction = 'out'
      and not exists (select from record_direction d where d.record_id = ${otherId} and d.direction = 'out')`);
  await absorb(tx, recordId, otherId);
  await tx.execute(sql`
    update record_direction set state = 'pending', due_at = now(), attempts = 0, fault = null
    where record_id = ${otherId} and direction = 'in'`);
  return "given";
}

/** A record made in Salesforce that another contact's record is merged into there. */
export interface Newcomer {
  readonly recordId: number;
  readonly salesforceId: string;
  /** Nobody else has it in hands, and S-360 was not asked for it: it may give way. */
  readonly ours: boolean;
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
  const found = await tx.execute<{ id: string; key: string; salesforce_id: string }>(sql`
    select r.id, r.key, l.salesforce_id from link l join record r on r.id = l.record_id
    where l.connection_id = ${connectionId} and l.head and l.salesforce_id = any(${sql.param([...salesforceIds])}::text[])
    order by r.key`);
  const newcomers = found.rows.filter(({ key }) => isProvisional(key));
  if (newcomers.length === 0) return [];
  const reserved = await tx.execute<{ id: string }>(sql`
    update record r set lease_token = ${leaseToken}, lease_until = now() + ${leaseSeconds} * interval '1 second'
    where r.id = any(${sql.param(newcomers.map(({ id }) => id))}::bigint[])
      and ${isFree(leaseToken)}
    returning r.id`);
  const ours = new Set(reserved.rows.map(({ id }) => id));
  return newcomers.map(({ id, salesforce_id: salesforceId }) => ({
    recordId: Number(id),
    salesforceId,
    ours: ours.has(id),
  }));
}

/**
 * A newcomer gives way to the record whose number its Salesforce record gets. Nothing may move while another worker has
 * it, or once S-360 was asked for it.
 * @throws Error
 */
export async function replaceNewcomer(
  tx: Queryable,
  { connectionId, leaseToken }: { readonly connectionId: number; readonly leaseToken: string | null },
  to: { readonly recordId: number; readonly mappingId: number; readonly salesforceId: string },
): Promise<void> {
  const rows = await tx.execute<{ id: string; key: string; free: boolean }>(sql`
    select r.id, r.key, ${isFree(leaseToken)} as free
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
  await absorb(tx, Number(other.id), to.recordId);
}

/** In no other worker's hands, and not on its way to S-360. */
function isFree(leaseToken: string | null): SQL {
  return sql`(coalesce(r.lease_until < now(), true) or coalesce(r.lease_token = ${leaseToken}::uuid, false))
    and not exists (select from creation c where c.record_id = r.id and c.sent_at is not null)`;
}

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

/** The timeline goes over, the record goes. */
async function absorb(tx: Queryable, recordId: number, into: number): Promise<void> {
  await tx.execute(sql`update event_record set record_id = ${into} where record_id = ${recordId}`);
  await tx.execute(sql`update attempt set record_id = ${into} where record_id = ${recordId}`);
  await tx.execute(sql`delete from record where id = ${recordId}`);
}
