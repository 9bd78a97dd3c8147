/**
 * Calls that were set aside are read again because a person said so: they go back among the calls that arrive, behind those
 * that are there, in the order they once came. Each has one try, so that it does not hold up its stream for long a second
 * time, and is set aside again where that fails.
 */
import { sql, type SQL } from "drizzle-orm";
import { auditLog } from "@/drizzle/schema";
import { setAsideCode } from "@/lib/core/set-aside";
import type { Stream } from "@/lib/core/words";
import { transact, type Database, type Transaction } from "@/lib/platform/db";
import { triesAtMost } from "./put-off";
import { itemsAtOnce } from "./take-in";

export interface ReadAgain {
  /** How many calls go back. */
  readonly calls: number;
}

const isSetAside = sql`outcome = 'failed' and fault->>'code' = ${setAsideCode}`;

/** The whole call that an item came with, as their order counts; null where the item is not set aside (any more). */
export async function readCallAgain(db: Database, eventId: number, actor: string): Promise<ReadAgain | null> {
  return transact(db, async (tx) => {
    const found = await tx.execute<{ connection_id: string }>(
      sql`select connection_id from event where id = ${eventId} and ${isSetAside}`,
    );
    const [event] = found.rows;
    if (!event) return null;
    const connectionId = Number(event.connection_id);
    const ofItem = sql`(received_at, payload_id) = (select received_at, payload_id from event where id = ${eventId})`;
    const result = await putBackAll(tx, connectionId, ofItem, actor);
    return result.calls === 0 ? null : result;
  });
}

/** All of a connection, or of one of its streams. */
export async function readAllAgain(
  db: Database,
  { connectionId, stream }: { readonly connectionId: number; readonly stream?: Stream },
  actor: string,
): Promise<ReadAgain> {
  const ofStream = stream ? sql`stream = ${stream}` : sql`true`;
  return transact(db, (tx) => putBackAll(tx, connectionId, ofStream, actor));
}

interface CallRow extends Record<string, unknown> {
  stream: Stream;
  payload_id: string;
  received_at: string;
}

async function putBackAll(
  tx: Transaction,
  connectionId: number,
  which: SQL,
  actor: string,
): Promise<ReadAgain> {
  const found = await tx.execute<CallRow>(sql`
    select stream, payload_id, received_at::text from event
    where connection_id = ${connectionId} and ${isSetAside} and ${which}
    group by stream, payload_id, received_at
    order by received_at, min(id)`);
  let calls = 0;
  for (const call of found.rows) if (await putBack(tx, connectionId, call)) calls++;
  if (calls > 0) {
    const subject = `${calls} set aside`;
    await tx.insert(auditLog).values({ connectionId, actor, action: "calls read again", subject });
    await tx.execute(sql`select pg_notify('work', ${String(connectionId)})`);
  }
  return { calls };
}

/** One after the other: all calls together may be more than a process can hold. False: somebody else was faster. */
async function putBack(tx: Transaction, connectionId: number, call: CallRow): Promise<boolean> {
  const { stream, payload_id: payloadId, received_at: receivedAt } = call;
  const taken = await tx.execute<{ position: number; raw: string }>(sql`
    delete from event
    where connection_id = ${connectionId} and received_at = ${receivedAt}::timestamptz and payload_id = ${payloadId} and ${isSetAside}
    returning position, raw`);
  if (taken.rows.length === 0) return false;
  const raws = taken.rows.sort((a, b) => a.position - b.position).map(({ raw }) => raw);
  const { body, items } = callOf(raws);
  await tx.execute(sql`
    insert into payload (connection_id, stream, payload_id, body, items, received_at, tries)
    values (${connectionId}, ${stream}, ${payloadId}, ${body}, ${items}, ${receivedAt}::timestamptz, ${triesAtMost - 1})`);
  return true;
}

/** A call that was kept as a whole may have killed its worker: it counts as a large one, whose try is noted first. */
function callOf(raws: readonly string[]): { readonly body: string; readonly items: number } {
  const [first = ""] = raws;
  const isWhole = raws.length === 1 && first.trimStart().startsWith("[");
  return isWhole
    ? { body: first, items: itemsAtOnce + 1 }
    : { body: `[${raws.join(",")}]`, items: raws.length };
}
