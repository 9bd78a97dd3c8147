/**
 * Taking in: calls that were kept become events and records, many calls in one transaction, in the order they came. One
 * worker at a time does it for a stream, so that what came later is folded later.
 */
import { sql } from "drizzle-orm";
import type { InboundItem, Portray } from "@/lib/core/inbound";
import type { Stream } from "@/lib/core/words";
import { isDatabaseAway, transact, type Database, type Transaction } from "@/lib/platform/db";
import { noteNamed } from "./named";
import { storeOrHalve, type Receipt } from "./receive";

/** Of one transaction; a call that holds more is taken in alone. */
const itemsAtOnce = 1_000;
const payloadsAtOnce = 200;
const againAfterSeconds = 30;
/** Any number: the other half of the key is the stream's connection. */
const lockOfStream = { "contacts-in": 836_011, "orders-in": 836_012 } as const;

export type StreamIn = keyof typeof lockOfStream;

export interface Arrivals {
  readonly connectionId: number;
  readonly stream: StreamIn;
}

export interface TakeInInput extends Arrivals {
  readonly db: Database;
  /** The items of a call's body. */
  readonly read: (body: string) => readonly InboundItem[];
  readonly portray: Portray;
}

/** Streams with calls that can be taken in now. */
export async function streamsWithArrivals(db: Database): Promise<Arrivals[]> {
  const rows = await db.execute<{ id: string; stream: StreamIn }>(sql`
    select distinct connection_id as id, stream from payload where due_at <= now()`);
  return rows.rows.map(({ id, stream }) => ({ connectionId: Number(id), stream }));
}

/**
 * Takes in the calls that came first; null when there are none, or another worker is at it. What cannot be taken in for
 * reasons of our own is tried again after a while, alone: the calls behind it go on meanwhile.
 * @throws what stood in the way of a call
 */
export async function takeIn(input: TakeInInput): Promise<Receipt | null> {
  const taken: number[] = [];
  try {
    return await transact(input.db, (tx) => takeFirst(tx, input, taken));
  } catch (error) {
    if (!isDatabaseAway(error)) await putOff(input.db, taken);
    throw error;
  }
}

interface PayloadRow extends Record<string, unknown> {
  id: string;
  payload_id: string;
  received_at: string;
  body: string;
}

async function takeFirst(tx: Transaction, input: TakeInInput, taken: number[]): Promise<Receipt | null> {
  const { connectionId, stream } = input;
  const lock = await tx.execute<{ mine: boolean }>(sql`
    select pg_try_advisory_xact_lock(${lockOfStream[stream]}::int, ${connectionId}::int) as mine`);
  if (lock.rows[0]?.mine !== true) return null;
  // A statement of its own: it sees what was committed before the lock was had.
  const rows = await tx.execute<PayloadRow>(sql`
    select id, payload_id, received_at::text, body from payload
    join (
      select id, tries, sum(items) over (order by id) as so_far, row_number() over (order by id) as nth,
        first_value(tries) over (order by id) as first_tries
      from (
        select id, items, tries from payload
        where connection_id = ${connectionId} and stream = ${stream} and due_at <= now()
        order by id limit ${payloadsAtOnce}
      ) as due
    ) as waiting using (id)
    where nth = 1 or (so_far <= ${itemsAtOnce} and first_tries = 0 and waiting.tries = 0)
    order by id`);
  if (rows.rows.length === 0) return null;
  taken.splice(0, taken.length, ...rows.rows.map(({ id }) => Number(id)));
  const arrived = rows.rows.flatMap(({ payload_id: payloadId, received_at: receivedAt, body }) =>
    input.read(body).map((item, position) => ({ item, payloadId, position, receivedAt })),
  );
  const whole = arrived.filter(({ item }) => item.named === undefined);
  const named = arrived.flatMap(({ item }) => item.named ?? []);
  const receipt = await storeOrHalve(tx, { ...input, direction: "in" }, whole);
  if (named.length > 0) await noteNamed(tx, { connectionId, stream }, named);
  await tx.execute(sql`delete from payload where id = any(${sql.param(taken)}::bigint[])`);
  return { ...receipt, items: arrived.length };
}

/** One that failed goes alone the next time, so that several that failed together find out which of them it was. */
async function putOff(db: Database, ids: readonly number[]): Promise<void> {
  await db.execute(sql`
    update payload set tries = tries + 1,
      due_at = case when tries = 0 then now() else now() + ${againAfterSeconds} * interval '1 second' end
    where id = any(${sql.param([...ids])}::bigint[])`);
}
