/** What of a call belongs to an initial import that is going on: it is held until its turn (lib/imports). */
import { sql } from "drizzle-orm";
import { arrivalOf, arrivalWithin, type Arrival } from "@/lib/core/imports/arrival";
import { kindTable } from "@/lib/core/kinds";
import { lanes, type Stream } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { RecordChange } from "./fold";

export interface StreamImports {
  /** The one that what arrived belongs to; null where it came before or after those there are. */
  readonly open: { readonly id: number; readonly startedAt: Date } | null;
}

/**
 * The imports of a stream that may hold records; null when there are none, as nearly always. They are locked so that none can
 * close before what belongs to it is committed. When calls arrived counts, not when they are taken in; of calls that are taken
 * in together and that an import divides, all belong to it. `receivedAt`: null is now.
 */
export async function importsOf(
  tx: Queryable,
  { connectionId, stream }: { readonly connectionId: number; readonly stream: Stream },
  receivedAt: readonly (string | null)[],
): Promise<StreamImports | null> {
  const times = sql`unnest(${sql.param([...new Set(receivedAt)])}::timestamptz[]) as t`;
  const rows = await tx.execute<{ id: string; started_at: string; open: boolean }>(sql`
    select id, started_at, started_at <= (select max(coalesce(t, now())) from ${times})
      and (closed_at is null or (select min(coalesce(t, now())) from ${times}) < closed_at) as open
    from import_run
    where connection_id = ${connectionId} and stream = ${stream} and state <> 'done'
    order by id for key share`);
  if (rows.rows.length === 0) return null;
  const open = rows.rows.findLast((row) => row.open);
  return { open: open ? { id: Number(open.id), startedAt: new Date(open.started_at) } : null };
}

/** What each record of a call is to the open import; those that are not named are live. */
export async function arrivalsOf(
  tx: Queryable,
  { open }: StreamImports,
  changes: readonly RecordChange[],
): Promise<ReadonlyMap<number, Arrival>> {
  if (!open) return new Map();
  const arrivals = new Map<number, Arrival>();
  const orders = changes.filter(({ family }) => family !== "operation");
  for (const change of orders) {
    arrivals.set(change.id, arrivalOf({ ...change, madeAt: change.portrait.madeAt }, open.startedAt));
  }
  for (const change of changes) {
    if (change.family !== "operation") continue;
    const order = change.parentId === null ? undefined : arrivals.get(change.parentId);
    arrivals.set(change.id, arrivalWithin(order ?? "live", change));
  }
  for (const id of await awaitedLive(tx, [...arrivals.keys()])) arrivals.set(id, "live");
  return arrivals;
}

/** What a sale of today waits for is needed today. */
async function awaitedLive(tx: Queryable, ids: readonly number[]): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select distinct w.awaited_id as id from waiting w
    join record_direction d on d.record_id = w.record_id and d.direction = 'in' and d.state = 'waiting'
    where w.awaited_id = any(${sql.param([...ids])}::bigint[]) and d.lane <= ${lanes.liveContacts}`);
  return rows.rows.map(({ id }) => Number(id));
}

/** To be called after the records are marked for writing. */
export async function noteImported(
  tx: Queryable,
  { open }: StreamImports,
  changes: readonly RecordChange[],
  arrivals: ReadonlyMap<number, Arrival>,
): Promise<void> {
  if (open) await noteMembers(tx, open.id, changes, arrivals);
  await noteLive(
    tx,
    changes.map(({ id }) => id),
  );
}

async function noteMembers(
  tx: Queryable,
  importId: number,
  changes: readonly RecordChange[],
  arrivals: ReadonlyMap<number, Arrival>,
): Promise<void> {
  const members = changes.filter(({ id }) => (arrivals.get(id) ?? "live") !== "live");
  if (members.length === 0) return;
  const isWritten = ({ kind }: RecordChange) => kind === null || kindTable[kind].written;
  await tx.execute(sql`
    insert into import_record (import_id, record_id, counted, written, known, released_at, ended_as)
    select ${importId}, m.id, m.counted, m.written, m.again and d.state is distinct from 'held',
      case when d.state is distinct from 'held' then now() end, case when not m.written then 'unchanged' end
    from unnest(
      ${sql.param(members.map(({ id }) => id))}::bigint[],
      ${sql.param(members.map(({ family }) => family !== "operation"))}::bool[],
      ${sql.param(members.map(isWritten))}::bool[],
      ${sql.param(members.map(({ id }) => arrivals.get(id) === "again"))}::bool[]
    ) as m (id, counted, written, again)
    left join record_direction d on d.record_id = m.id and d.direction = 'in'
    order by m.id
    on conflict do nothing`);
}

/** What was held and is no longer, because S-360 told something newer, is written with what is live. */
async function noteLive(tx: Queryable, ids: readonly number[]): Promise<void> {
  await tx.execute(sql`
    update import_record i set ended_as = 'live', ended_at = now()
    from record_direction d
    where i.record_id = any(${sql.param([...ids])}::bigint[]) and i.released_at is null and i.ended_as is null
      and d.record_id = i.record_id and d.direction = 'in' and d.state <> 'held'`);
}
