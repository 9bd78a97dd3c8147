/**
 * Taking in: calls that were kept become events and records, many calls in one transaction, in the order they came. One
 * worker at a time does it for a stream, and none passes the one before it: what came later is folded later.
 */
import { sql } from "drizzle-orm";
import type { InboundItem, Portray } from "@/lib/core/inbound";
import { isDatabaseAway, transact, type Database, type Transaction } from "@/lib/platform/db";
import type { ArrivedItem } from "./events";
import { noteNamed } from "./named";
import { noteStart, putOff, triesAtMost, type TakenCall } from "./put-off";
import { storeOrHalve, type Receipt } from "./receive";
import { setAside } from "./set-aside";

/** Of one transaction; a call that holds more is taken in alone. */
export const itemsAtOnce = 1_000;
const bytesAtOnce = 8_000_000;
const payloadsAtOnce = 200;
/** Should this machine die meanwhile, the database lets go of the stream after this: no pooler is needed to pass it on. */
const silentAtMost = "60s";
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

/** Streams whose first call can be taken in now; `connectionId`: of this connection. */
export async function streamsWithArrivals(db: Database, connectionId?: number): Promise<Arrivals[]> {
  const streams = sql.param(Object.keys(lockOfStream));
  const rows = await db.execute<{ id: string; stream: StreamIn }>(sql`
    select c.id, s.name as stream
    from connection c cross join unnest(${streams}::text[]) as s (name)
    cross join lateral (
      select p.due_at from payload p where p.connection_id = c.id and p.stream = s.name order by p.id limit 1) as first
    where first.due_at <= now() ${connectionId === undefined ? sql`` : sql`and c.id = ${connectionId}`}`);
  return rows.rows.map(({ id, stream }) => ({ connectionId: Number(id), stream }));
}

/** Whether calls of a stream wait that came longer ago than this and can be taken in now. */
export async function hasBacklog(
  db: Database,
  { connectionId, stream }: Arrivals,
  olderThanMs: number,
): Promise<boolean> {
  const rows = await db.execute(sql`
    select from (
      select due_at, received_at from payload where connection_id = ${connectionId} and stream = ${stream}
      order by id limit 1) as first
    where due_at <= now() and received_at < now() - ${olderThanMs} * interval '1 millisecond'`);
  return rows.rows.length > 0;
}

/**
 * Takes in the calls that came first; null when there are none, they are to wait, or another worker is at it. A call that
 * cannot be taken in keeps its place: those behind it wait until it is through or set aside (`put-off.ts`).
 * @throws what stood in the way of a call
 */
export async function takeIn(input: TakeInInput): Promise<Receipt | null> {
  const taken: TakenCall[] = [];
  try {
    return await transact(input.db, (tx) => takeFirst(tx, input, taken));
  } catch (error) {
    if (!isDatabaseAway(error)) await putOff(input.db, taken, error);
    throw error;
  }
}

interface PayloadRow extends Record<string, unknown> {
  id: string;
  payload_id: string;
  received_at: string;
  tries: number;
  large: boolean;
  body: string;
}

async function takeFirst(tx: Transaction, input: TakeInInput, taken: TakenCall[]): Promise<Receipt | null> {
  const { db, connectionId, stream } = input;
  const lock = await tx.execute<{ mine: boolean }>(sql`
    select pg_try_advisory_xact_lock(${lockOfStream[stream]}::int, ${connectionId}::int) as mine,
      set_config('idle_in_transaction_session_timeout', ${silentAtMost}, true),
      -- Should the database lose what was done here, it still has the calls: their senders need not wait for the disk.
      set_config('synchronous_commit', 'off', true)`);
  if (lock.rows[0]?.mine !== true) return null;
  // A statement of its own: it sees what was committed before the lock was had.
  const found = await tx.execute<PayloadRow>(sql`
    select id, payload_id, received_at::text, payload.tries, payload.body,
      items_so_far > ${itemsAtOnce} or bytes_so_far > ${bytesAtOnce} as large
    from payload
    join (
      select id, sum(items) over so_far as items_so_far, sum(octet_length(body)) over so_far as bytes_so_far,
        max(tries) over so_far as most_tries, row_number() over so_far as nth, first_value(due_at) over so_far as due_at
      from (
        select id, items, tries, due_at, body from payload
        where connection_id = ${connectionId} and stream = ${stream}
        order by id limit ${payloadsAtOnce}
      ) as first
      window so_far as (order by id)
    ) as waiting using (id)
    where waiting.due_at <= now()
      and (nth = 1 or (items_so_far <= ${itemsAtOnce} and bytes_so_far <= ${bytesAtOnce} and most_tries = 0))
    order by id`);
  const [first] = found.rows;
  if (!first) return null;
  taken.splice(
    0,
    taken.length,
    ...found.rows.map(({ id, tries, large }) => ({ id: Number(id), tries, large })),
  );
  if (first.large) await noteStart(db, Number(first.id));
  const receipt =
    first.tries >= triesAtMost
      ? await setAside(tx, input, callOf(first))
      : await store(
          tx,
          input,
          found.rows.flatMap((row) => itemsOf(input, row)),
          // One that was tried before is taken in alone.
          first.tries > 0,
        );
  await tx.execute(
    sql`delete from payload where id = any(${sql.param(taken.map(({ id }) => id))}::bigint[])`,
  );
  return receipt;
}

/** What is only named by its number is asked for later. */
async function store(
  tx: Transaction,
  input: TakeInInput,
  arrived: readonly ArrivedItem[],
  mayBePassed: boolean,
): Promise<Receipt> {
  const { connectionId, stream } = input;
  const whole = arrived.filter(({ item }) => item.named === undefined);
  const named = arrived.flatMap(({ item, receivedAt }) =>
    item.named ? [{ ...item.named, receivedAt }] : [],
  );
  const passed = mayBePassed ? { mayBePassed: input.read } : {};
  const receipt = await storeOrHalve(tx, { ...input, ...passed, direction: "in" }, whole);
  if (named.length > 0) await noteNamed(tx, { connectionId, stream }, named);
  return { ...receipt, items: arrived.length };
}

function callOf({ id, payload_id: payloadId, received_at: receivedAt, tries, body }: PayloadRow) {
  return { id: Number(id), payloadId, receivedAt, tries, body };
}

function itemsOf(
  { read }: TakeInInput,
  { payload_id: payloadId, received_at: receivedAt, body }: PayloadRow,
) {
  return read(body).map((item, position) => ({ item, payloadId, position, receivedAt }));
}
