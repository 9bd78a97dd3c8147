/** Contacts and orders that S-360 named by number only (webhook V1): which of them to ask it for now, and what came of it. */
import { sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Fault } from "@/lib/core/faults";
import type { NamedThing } from "@/lib/core/inbound";
import type { Stream } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { askingFor, ClaimLost, isHeld, renewed, type Claim } from "./asking";
import { insertEvents } from "./events";
import { noteReceipt } from "./streams";

/** Something to ask for; whoever holds it is the only one who asks for this connection. */
export interface AskedThing extends NamedThing, Claim {
  readonly connectionId: number;
  /** When it was named first. */
  readonly namedAt: string;
  /** How often it had been named when it was taken. */
  readonly times: number;
  /** How often it was asked for, this time included. */
  readonly tries: number;
}

export const streamOf = { contact: "contacts-in", order: "orders-in" } as const satisfies Record<
  NamedThing["family"],
  Stream
>;

/**
 * What is due first of each family, while S-360 may be asked, its stream is not paused, and no other worker asks for the
 * connection: one step into the index, however much was named. `locked`: not what another worker takes this moment.
 */
const firstDue = (locked: "locked" | "seen") => sql`
  connection c
  cross join (values ('contact', 'contacts-in'), ('order', 'orders-in')) as way (family, stream)
  cross join lateral (
    select n.connection_id, n.family, n.key, n.due_at from named n
    where n.connection_id = c.id and n.family = way.family and n.due_at <= now()
    order by n.due_at, n.key limit 1 ${locked === "locked" ? sql`for update skip locked` : sql``}) as first
  where not exists (
      select from named o where o.connection_id = c.id and o.asking_until > now())
    and not exists (
      select from block b where b.connection_id = c.id and b.system = 's360' and b.until > now())
    and not exists (
      select from stream s where s.connection_id = c.id and s.name = way.stream and s.paused_at is not null)`;

/** Something that a call named, and when the call came; null: now. */
interface Naming extends NamedThing {
  readonly receivedAt: string | null;
}

/** Keeps what was named, each once and since when; something that was given up on is asked for anew. */
export async function noteNamed(
  tx: Queryable,
  { connectionId, stream }: { readonly connectionId: number; readonly stream: Stream },
  things: readonly Naming[],
): Promise<void> {
  const column = (name: keyof Naming) => sql.param(things.map((thing) => thing[name]));
  await tx.execute(sql`
    insert into named as n (connection_id, family, key, named_at, times)
    select ${connectionId}, family, key, min(coalesce(received_at, now())), count(*)
    from unnest(${column("family")}::text[], ${column("key")}::text[], ${column("receivedAt")}::timestamptz[])
      as t (family, key, received_at)
    group by family, key order by family, key
    on conflict (connection_id, family, key) do update set times = n.times + excluded.times, tries = 0, due_at = now()`);
  await noteReceipt(tx, connectionId, stream);
}

/** Connections with something to ask for. */
export async function connectionsWithNamed(db: Database): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(
    sql`select distinct c.id from ${firstDue("seen")} order by 1`,
  );
  return rows.rows.map(({ id }) => Number(id));
}

/** What was named first; null when there is nothing, or another worker asks. */
export async function claimNamed(db: Database, connectionId: number): Promise<AskedThing | null> {
  const rows = await db.execute<Omit<AskedThing, "connectionId"> & Record<string, unknown>>(sql`
    update named set asking_until = now() + ${askingFor}, tries = named.tries + 1
    from (
      select first.* from ${firstDue("locked")} and c.id = ${connectionId}
      order by first.due_at, first.family limit 1
    ) as next
    where named.connection_id = next.connection_id and named.family = next.family and named.key = next.key
    returning named.family, named.key, named.times, named.tries, named.named_at::text as "namedAt",
      named.asking_until::text as "askingUntil"`);
  const row = rows.rows[0];
  return row ? { ...row, connectionId } : null;
}

/** Its row, while it is ours. */
const it = (thing: AskedThing) => {
  const { connectionId, family, key } = thing;
  return sql`connection_id = ${connectionId} and family = ${family} and key = ${key} and ${isHeld(thing)}`;
};

/** It is still being asked for. @throws ClaimLost */
export async function renewNamed(db: Queryable, thing: AskedThing): Promise<AskedThing> {
  const { rows } = await db.execute<{ until: string }>(sql`
    update named set asking_until = now() + ${askingFor} where ${it(thing)} returning asking_until::text as until`);
  return renewed(thing, rows);
}

/** It came. Was it named again meanwhile, it may have changed since: it is asked for once more. @throws ClaimLost */
export async function namedCame(db: Queryable, thing: AskedThing): Promise<void> {
  const gone = await db.execute(sql`
    delete from named where ${it(thing)} and times = ${thing.times} returning key`);
  if (gone.rows.length > 0) return;
  const again = await db.execute(sql`
    update named set asking_until = null, tries = 0, due_at = now() where ${it(thing)}`);
  if (again.rowCount === 0) throw new ClaimLost();
}

/** S-360 as a whole did not answer: it keeps its turn, and the try does not count. Not ours any more, it is left alone. */
export async function namedUnasked(db: Database, thing: AskedThing): Promise<void> {
  await db.execute(sql`
    update named set tries = greatest(tries - 1, 0), asking_until = null where ${it(thing)}`);
}

/** It was not given, and is asked for again after a while. Not ours any more, it is left alone. */
export async function namedLater(db: Database, thing: AskedThing, againInMs: number): Promise<void> {
  await db.execute(sql`
    update named set asking_until = null,
      due_at = case when times = ${thing.times} then now() + ${againInMs} * interval '1 millisecond' else now() end
    where ${it(thing)}`);
}

/** It was not given and is not asked for again: kept as an item that failed, with the reason. @throws ClaimLost */
export async function namedFailed(db: Database, thing: AskedThing, fault: Fault): Promise<void> {
  const { connectionId, family, key } = thing;
  const raw = JSON.stringify(family === "order" ? { orderId: key } : { contactNumber: key });
  await transact(db, async (tx) => {
    const item = { raw, note: "S-360 named it by its number only.", fault };
    const arrived = { item, payloadId: randomUUID(), position: 0, receivedAt: null };
    await insertEvents(tx, { connectionId, stream: streamOf[family] }, [arrived]);
    await namedCame(tx, thing);
  });
}
