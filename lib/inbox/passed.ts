/**
 * Calls that newer ones may have passed, because they were set aside and are read again. What came of a record meanwhile is
 * newer than what they say of it, and an order is taken as a whole: an operation that it has lost does not come back.
 */
import { sql } from "drizzle-orm";
import type { InboundItem } from "@/lib/core/inbound";
import type { Queryable } from "@/lib/platform/db";
import type { ArrivedItem } from "./events";
import { recordKey } from "./fold";
import { lockRecords } from "./sql";

export interface PassedItem {
  /** Of the item among those that arrived. */
  readonly position: number;
  /** The record that something newer was folded into. */
  readonly id: number;
}

/** Items that are too late. Locks the contacts and orders of all, so that nothing newer comes in between. */
export async function passedItems(
  tx: Queryable,
  connectionId: number,
  arrived: readonly ArrivedItem[],
): Promise<readonly PassedItem[]> {
  const heads = arrived.map(({ item }) => withHeadsOnly(item));
  const locked = await lockRecords(tx, connectionId, heads);
  const named = heads.flatMap(({ records }, position) =>
    records.flatMap((record) => {
      const id = locked.get(recordKey(record))?.id;
      return id === undefined ? [] : [{ id, position, receivedAt: arrived[position]?.receivedAt ?? null }];
    }),
  );
  if (named.length === 0) return [];
  const rows = await tx.execute<{ id: string; position: number }>(sql`
    select n.id, n.position
    from unnest(
      ${sql.param(named.map(({ id }) => id))}::bigint[],
      ${sql.param(named.map(({ position }) => position))}::int[],
      ${sql.param(named.map(({ receivedAt }) => receivedAt))}::timestamptz[]
    ) as n (id, position, received_at)
    where exists (
      select from event_record er join event e on e.id = er.event_id
      where er.record_id = n.id and er.direction = 'in' and e.received_at > n.received_at)`);
  return rows.rows.map(({ id, position }) => ({ id: Number(id), position }));
}

/** Without what stands under them. */
function withHeadsOnly(item: InboundItem): InboundItem {
  return { ...item, records: item.records.filter(({ parent }) => parent === undefined) };
}
