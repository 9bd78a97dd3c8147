/** The statements of the inbox, one per verb; each handles a whole call at once. */
import { sql, type SQL } from "drizzle-orm";
import type { InboundItem } from "@/lib/core/inbound";
import type { Arrival } from "@/lib/core/imports/arrival";
import { kindTable } from "@/lib/core/kinds";
import { lanes, type Direction, type Family, type Kind, type Stream } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { exactTime } from "@/lib/platform/exact-time";
import { recordKey, type LockedRecord, type RecordChange, type SourceState } from "./fold";

/** A record and the items of the call that touched it. */
export interface Touched extends Pick<RecordChange, "id" | "kind" | "positions"> {
  /** What touched it is no news: a record that waits for a person, or for its hour, goes on waiting. */
  readonly quiet?: boolean;
  /** What touched it says nothing that was not known. */
  readonly changed?: boolean;
}

/**
 * Makes sure that a record exists for everything the items name, and locks it: orders first, then contacts and
 * operations in the order of their keys, the operations an order already has among them. Settling locks in the same
 * order, so that calls and workers which share records wait for each other but cannot deadlock. The locks leave room
 * for foreign keys (no key update).
 */
export async function lockRecords(
  tx: Queryable,
  connectionId: number,
  items: readonly InboundItem[],
): Promise<Map<string, LockedRecord>> {
  const names = new Map(
    items.flatMap((item) => item.records.map((record) => [recordKey(record), record] as const)),
  );
  if (names.size === 0) return new Map();
  const families = [...names.values()].map((record) => record.family);
  const keys = [...names.values()].map((record) => record.key);
  await tx.execute(sql`
    insert into record (connection_id, family, key)
    select ${connectionId}, n.family, n.key
    from unnest(${sql.param(families)}::text[], ${sql.param(keys)}::text[]) as n (family, key)
    order by n.family, n.key
    on conflict (connection_id, family, key) do nothing`);
  const orders = keys.filter((_, index) => families[index] === "order");
  if (orders.length > 0) {
    await tx.execute(sql`
      select from record
      where connection_id = ${connectionId} and family = 'order' and key = any(${sql.param(orders)}::text[])
      order by key
      for no key update`);
  }
  const rows = await tx.execute<{
    id: string;
    family: Family;
    key: string;
    kind: Kind | null;
    latest_contact_id: string | null;
    parent_id: string | null;
    s360_state: SourceState | null;
    updated_at: string;
  }>(sql`
    select r.id, r.family, r.key, r.kind, r.latest_contact_id, r.parent_id, r.s360_state,
      ${exactTime(sql`r.updated_at`)} as updated_at
    from record r
    join (
      select id from record
      join unnest(${sql.param(families)}::text[], ${sql.param(keys)}::text[]) as n (family, key) using (family, key)
      where connection_id = ${connectionId}
      union
      select child.id from record parent join record child on child.parent_id = parent.id
      where parent.connection_id = ${connectionId} and parent.family = 'order'
        and parent.key = any(${sql.param(orders)}::text[])
    ) as wanted using (id)
    order by r.family, r.key
    for no key update of r`);
  return new Map(
    rows.rows.map((row) => [
      recordKey(row),
      {
        id: Number(row.id),
        family: row.family,
        key: row.key,
        kind: row.kind,
        latestContactId: row.latest_contact_id,
        parentId: row.parent_id === null ? null : Number(row.parent_id),
        state: row.s360_state,
        updatedAt: row.updated_at,
      },
    ]),
  );
}

export async function storeRecords(tx: Queryable, changes: readonly RecordChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.execute(sql`
    update record r set
      kind = c.kind,
      latest_contact_id = c.latest_contact_id,
      parent_id = c.parent_id,
      s360_state = c.state::jsonb,
      label = c.label,
      search_terms = array(select t from jsonb_array_elements_text(c.terms::jsonb) as t where t <> ''),
      updated_at = now()
    from unnest(
      ${sql.param(changes.map((change) => change.id))}::bigint[],
      ${sql.param(changes.map((change) => change.kind))}::text[],
      ${sql.param(changes.map((change) => change.latestContactId))}::text[],
      ${sql.param(changes.map((change) => change.parentId))}::bigint[],
      ${sql.param(changes.map((change) => JSON.stringify(change.state)))}::text[],
      ${sql.param(changes.map((change) => change.portrait.label))}::text[],
      ${sql.param(changes.map((change) => JSON.stringify(change.portrait.searchTerms)))}::text[]
    ) as c (id, kind, latest_contact_id, parent_id, state, label, terms)
    where r.id = c.id`);
}

/** Operations of the given orders that the call itself did not bring; each is touched by the items of its order. */
export async function readOtherChildren(
  tx: Queryable,
  parents: readonly RecordChange[],
  known: readonly RecordChange[],
): Promise<RecordChange[]> {
  const parentById = new Map(parents.map((parent) => [parent.id, parent]));
  const rows = await tx.execute<{ id: string; family: Family; kind: Kind | null; parent_id: string }>(sql`
    select id, family, kind, parent_id from record
    where parent_id = any(${sql.param([...parentById.keys()])}::bigint[])
      and id <> all(${sql.param(known.map((change) => change.id))}::bigint[])`);
  return rows.rows.map((row) => ({
    id: Number(row.id),
    family: row.family,
    kind: row.kind,
    state: {},
    portrait: { kind: row.kind, contactId: null, label: null, madeAt: null, searchTerms: [] },
    latestContactId: null,
    parentId: Number(row.parent_id),
    isNew: false,
    changed: true,
    positions: parentById.get(Number(row.parent_id))?.positions ?? [],
  }));
}

interface Marking {
  readonly connectionId: number;
  readonly stream: Stream;
  readonly direction: Direction;
  /** What records are to an initial import; those that are not named are live. */
  readonly arrivals?: ReadonlyMap<number, Arrival>;
}

/** Marks the records for writing: one version per touching item. Returns the last version by record id. */
export async function bumpDirections(
  tx: Queryable,
  input: Marking,
  changes: readonly Touched[],
): Promise<Map<number, number>> {
  const written = changes.filter((change) => !isLentOnly(change));
  const loud = written.filter(({ quiet, changed }) => !quiet && changed !== false);
  const repeated = written.filter(({ quiet, changed }) => !quiet && changed === false);
  const quiet = written.filter((change) => change.quiet);
  const waits = sql`d.state = 'review' or (d.state = 'pending' and d.due_at > now())`;
  return new Map([
    ...(await bump(tx, input, loud, sql`false`)),
    ...(await bump(tx, input, repeated, sql`d.state = 'held'`)),
    ...(await bump(tx, input, quiet, waits)),
  ]);
}

/**
 * It is in the hands of a Bulk job, which lets go of it as due: until then it is no work, whatever is told of it. Records are
 * locked by whoever puts them into jobs, and here, so this is what is so now.
 */
const isInJob = sql`(d.direction = 'in' and d.state = 'pending' and d.due_at > now() and exists (
  select from bulk_row b join bulk_job j on j.id = b.job_id join record r on r.id = b.record_id
  where b.record_id = d.record_id and r.lease_token = j.lease_token and r.lease_until > now()))`;

/** `stays`: records that keep their state, and only count the version. */
async function bump(
  tx: Queryable,
  { connectionId, stream, direction, arrivals = new Map() }: Marking,
  written: readonly Touched[],
  stays: SQL,
): Promise<Map<number, number>> {
  if (written.length === 0) return new Map();
  const liveLane = ({ kind }: Touched) => (kind ? kindTable[kind].lane : kindTable.individual.lane);
  const lane = (change: Touched) =>
    (arrivals.get(change.id) ?? "live") === "live" ? liveLane(change) : lanes.backfill;
  const state = ({ id }: Touched) => (arrivals.get(id) === "first" ? "held" : "pending");
  const rows = await tx.execute<{ record_id: string; version: number }>(sql`
    insert into record_direction as d (record_id, direction, connection_id, stream, version, state, lane)
    select c.id, ${direction}, ${connectionId}, ${stream}, c.versions, c.state, c.lane
    from unnest(
      ${sql.param(written.map((change) => change.id))}::bigint[],
      ${sql.param(written.map((change) => change.positions.length))}::int[],
      ${sql.param(written.map(lane))}::smallint[],
      ${sql.param(written.map(state))}::text[]
    ) as c (id, versions, lane, state)
    order by c.id
    on conflict (record_id, direction) do update set
      version = d.version + excluded.version,
      state = case when ${stays} then d.state else 'pending' end,
      due_at = case when ${stays} or ${isInJob} then d.due_at else now() end,
      attempts = case when ${stays} then d.attempts else 0 end,
      -- What a person agreed to was the change that they saw.
      waived = case when d.state = 'review' then array_remove(d.waived, 'by_rule') else d.waived end,
      lane = case when ${stays} then d.lane
        when d.state in ('pending', 'retrying') then least(d.lane, excluded.lane) else excluded.lane end,
      changed_at = now()
    returning record_id, version`);
  return new Map(rows.rows.map((row) => [Number(row.record_id), row.version]));
}

/** Which event touched which record at which version. */
export async function insertEventRecords(
  tx: Queryable,
  direction: Direction,
  eventIds: readonly number[],
  changes: readonly Touched[],
  lastVersions: ReadonlyMap<number, number>,
): Promise<void> {
  const touches = changes.flatMap((change) => {
    const last = lastVersions.get(change.id) ?? 0;
    return change.positions.map((position, index) => ({
      eventId: eventIds[position],
      recordId: change.id,
      version: isLentOnly(change) ? 0 : last - (change.positions.length - 1 - index),
      outcome: isLentOnly(change) ? "ignored" : null,
    }));
  });
  if (touches.length === 0) return;
  await tx.execute(sql`
    insert into event_record (event_id, record_id, direction, version, outcome)
    select t.event_id, t.record_id, ${direction}, t.version, t.outcome
    from unnest(
      ${sql.param(touches.map((touch) => touch.eventId))}::bigint[],
      ${sql.param(touches.map((touch) => touch.recordId))}::bigint[],
      ${sql.param(touches.map((touch) => touch.version))}::int[],
      ${sql.param(touches.map((touch) => touch.outcome))}::text[]
    ) as t (event_id, record_id, version, outcome)`);
}

/** Events that something newer was folded in before: they touch nothing, and say so. */
export async function insertSuperseded(
  tx: Queryable,
  direction: Direction,
  eventIds: readonly number[],
  late: readonly { readonly id: number; readonly position: number }[],
): Promise<void> {
  await tx.execute(sql`
    insert into event_record (event_id, record_id, direction, version, outcome)
    select t.event_id, t.record_id, ${direction}, 0, 'superseded'
    from unnest(
      ${sql.param(late.map(({ position }) => eventIds[position]))}::bigint[],
      ${sql.param(late.map(({ id }) => id))}::bigint[]
    ) as t (event_id, record_id)
    on conflict do nothing`);
}

/** Records that are never written themselves, such as orders: their events end with the operations. */
function isLentOnly(change: Touched): boolean {
  return change.kind !== null && !kindTable[change.kind].written;
}
