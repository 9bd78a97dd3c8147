/** The streams of a connection: they exist from the first item on, and say when something was last received. */
import { sql } from "drizzle-orm";
import type { Stream } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

/** One statement, as S-360 waits for it: the notice is delivered when the transaction commits. */
export async function noteReceipt(tx: Queryable, connectionId: number, stream: Stream): Promise<void> {
  await tx.execute(sql`
    with noted as (
      insert into stream (connection_id, name, last_received_at) values (${connectionId}, ${stream}, now())
      on conflict (connection_id, name) do update set last_received_at = excluded.last_received_at
      returning connection_id
    )
    select pg_notify('work', connection_id::text) from noted`);
}

/** Only what belongs to a stream is claimed, whether or not anything was received on it. */
export async function openStream(tx: Queryable, connectionId: number, stream: Stream): Promise<void> {
  await tx.execute(sql`
    insert into stream (connection_id, name) values (${connectionId}, ${stream})
    on conflict (connection_id, name) do nothing`);
  await wakeWorkers(tx, connectionId);
}

/** Delivered when the transaction commits. */
async function wakeWorkers(tx: Queryable, connectionId: number): Promise<void> {
  await tx.execute(sql`select pg_notify('work', ${String(connectionId)})`);
}
