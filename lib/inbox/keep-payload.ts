/** The durable door: one row is all that is committed before S-360 gets its 200 (design §2.1). */
import { sql } from "drizzle-orm";
import type { Stream } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";

export interface ArrivedPayload {
  readonly connectionId: number;
  readonly stream: Stream;
  /** A JSON array or object: nothing that PostgreSQL's text refuses. */
  readonly body: string;
  /** How many items it holds. */
  readonly items: number;
}

/** Keeps a call as it came and wakes a worker. When this has resolved it is safe. */
export async function keepPayload(
  db: Queryable,
  { connectionId, stream, body, items }: ArrivedPayload,
): Promise<void> {
  await db.execute(sql`
    with kept as (
      insert into payload (connection_id, stream, body, items) values (${connectionId}, ${stream}, ${body}, ${items})
      returning connection_id
    )
    select pg_notify('work', connection_id::text) from kept`);
}
