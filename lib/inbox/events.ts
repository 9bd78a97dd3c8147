/** Events: the items of calls as they came, each on its own. */
import { sql } from "drizzle-orm";
import type { InboundItem } from "@/lib/core/inbound";
import type { Stream } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

/** An item and the call it came with. */
export interface ArrivedItem<T = InboundItem> {
  readonly item: T;
  readonly payloadId: string;
  readonly position: number;
  /** Null: now. */
  readonly receivedAt: string | null;
}

/** Returns the event ids in the order of the items. */
export async function insertEvents(
  tx: Queryable,
  input: { readonly connectionId: number; readonly stream: Stream },
  arrived: readonly ArrivedItem<Pick<InboundItem, "raw" | "note" | "fault">>[],
): Promise<number[]> {
  const column = <T>(read: (item: (typeof arrived)[number]) => T) => sql.param(arrived.map(read));
  const rows = await tx.execute<{ id: string; payload_id: string; position: number }>(sql`
    insert into event (connection_id, stream, payload_id, position, received_at, raw, note, outcome, fault)
    select ${input.connectionId}, ${input.stream}, i.payload_id, i.position, coalesce(i.received_at, now()), i.raw, i.note, i.outcome,
      i.fault::jsonb
    from unnest(
      ${column(({ payloadId }) => payloadId)}::uuid[],
      ${column(({ position }) => position)}::int[],
      ${column(({ receivedAt }) => receivedAt)}::timestamptz[],
      ${column(({ item }) => item.raw)}::text[],
      ${column(({ item }) => item.note)}::text[],
      ${column(({ item: { fault } }) => fault && (fault.code === "nothing_to_write" ? "ignored" : "failed"))}::text[],
      ${column(({ item: { fault } }) => fault && JSON.stringify(fault))}::text[]
    ) with ordinality as i (payload_id, position, received_at, raw, note, outcome, fault, nth)
    order by i.nth
    returning id, payload_id, position`);
  const ids = new Map(rows.rows.map((row) => [`${row.payload_id} ${row.position}`, Number(row.id)]));
  return arrived.map(({ payloadId, position }) => {
    const id = ids.get(`${payloadId} ${position}`);
    if (id === undefined) throw new Error("an event was not stored");
    return id;
  });
}
