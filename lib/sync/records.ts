/** Claiming: a lease on the record covers both directions, so one write per record is in flight (design §2.5). */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Agreed, HeldRow } from "@/lib/core/agreement";
import {
  allLanes,
  lanes,
  laneWeights,
  neededBy,
  type Direction,
  type Family,
  type Kind,
  type Lane,
  type Stream,
} from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import { leaseSeconds } from "./lease";

export interface LinkRow {
  readonly id: number;
  readonly mappingId: number;
  readonly mappingKind: Kind;
  readonly object: string;
  readonly salesforceId: string;
  /** The external id the Salesforce record carries for us. */
  readonly key: string;
  /** What both sides last agreed on. */
  readonly agreed: Agreed;
  /** The record as the change feed last told it; null until it did. */
  readonly held: HeldRow | null;
  /** When it was deleted in Salesforce; null while it lives. */
  readonly goneAt: string | null;
  /** What its deletion means is settled: nobody is asked or told about it again. */
  readonly fated: boolean;
}

export interface ClaimedRecord {
  readonly id: number;
  readonly family: Family;
  readonly key: string;
  readonly kind: Kind | null;
  readonly stream: Stream;
  readonly lane: Lane;
  readonly version: number;
  readonly attempts: number;
  /** S-360's technical contact id as it was claimed. */
  readonly contactId: string | null;
  /** The number now stands for another S-360 contact than the one that was linked. */
  readonly reused: boolean;
  readonly state: Readonly<Record<string, unknown>>;
  /** The order an operation belongs to. */
  readonly parentState: Readonly<Record<string, unknown>> | null;
  readonly links: readonly LinkRow[];
  /** The number it was merged into in Salesforce: only that one writes. */
  readonly aliasOf: string | null;
  /** The number that S-360 merged it into, as a person said: only that one writes, and its own links stay as they are. */
  readonly mergedInto: string | null;
  /** Mappings through which another number writes, because the two were merged in Salesforce. */
  readonly aliases: readonly number[];
  /** Faults that a person has decided to pass over this time. */
  readonly waived: readonly string[];
  /** The version of what S-360 last told: it tells whether that has moved on since. */
  readonly inVersion: number;
}

export interface ClaimedBatch {
  readonly connectionId: number;
  readonly direction: Direction;
  readonly leaseToken: string;
  /** The most urgent lane of its records: what the batch costs, it costs for their sake. */
  readonly lane: Lane;
  readonly records: readonly ClaimedRecord[];
}

interface ClaimedRow extends Record<string, unknown> {
  id: string;
  family: Family;
  key: string;
  kind: Kind | null;
  stream: Stream;
  version: number;
  attempts: number;
  lane: Lane;
  latest_contact_id: string | null;
  waived: string[];
  reused: boolean | null;
  s360_state: Record<string, unknown> | null;
}

/**
 * Takes up to `limit` due records of a connection that nobody holds. Lanes share by weight: each lane's records are
 * numbered by when they fell due, and the numbers divided by the lane's weight say who comes first. Any number of workers
 * may ask at once; each record goes to one of them. Paused streams and held connections give nothing. S-360 takes few
 * calls, so on the way there live edits always come before mass updates. Of lanes that are not in `from` nothing is taken.
 *
 * Each lane of each stream is one short range of the index `record_direction_due`, whatever the backlog. The direction's
 * row is locked too, so that a row that was settled since the statement began is looked at again as it is now.
 */
export async function claim(
  db: Database,
  connectionId: number,
  direction: Direction,
  limit: number,
  from: readonly Lane[] = allLanes,
): Promise<ClaimedBatch> {
  const leaseToken = randomUUID();
  const weights = from.map((lane) => laneWeights[lane]);
  const rows = await db.execute<ClaimedRow>(sql`
    with candidates as materialized (
      select d.*, row_number() over (partition by d.lane order by d.due_at, d.record_id) / weights.weight::float8 as turn
      from stream s
      cross join unnest(${sql.param([...from])}::smallint[], ${sql.param(weights)}::int[]) as weights (lane, weight)
      cross join lateral (
        select d.record_id, d.stream, d.version, d.attempts, d.lane, d.due_at, d.waived
        from record_direction d
        join record r on r.id = d.record_id
        where d.connection_id = s.connection_id and d.stream = s.name and d.lane = weights.lane
          and d.direction = ${direction}
          and d.state in ('pending', 'retrying') and d.due_at <= now()
          and (r.lease_until is null or r.lease_until < now())
        order by d.due_at, d.record_id
        limit ${limit}
        for no key update of r, d skip locked
      ) d
      where s.connection_id = ${connectionId} and s.paused_at is null
        and not exists (
          select from block b
          where b.connection_id = s.connection_id and b.system = any(${sql.param([...neededBy[direction]])}::text[]) and b.until > now())
    ), due as (
      select * from candidates order by ${direction === "out" ? sql`lane, turn` : sql`turn, lane`} limit ${limit}
    ), claimed as (
      update record r
      set lease_token = ${leaseToken}, lease_until = now() + ${leaseSeconds} * interval '1 second'
      from due where r.id = due.record_id
      returning r.id, r.family, r.key, r.kind, due.stream, due.version, due.attempts, due.waived, r.s360_state, r.latest_contact_id,
        ${reused} as reused, due.lane, due.turn
    )
    select * from claimed order by ${direction === "out" ? sql`lane, turn` : sql`turn`}, id`);
  const around = await readAround(
    db,
    rows.rows.map((row) => Number(row.id)),
  );
  const records = rows.rows.map((row) => toClaimed(row, around));
  const lane = rows.rows.reduce<Lane>(
    (least, row) => (row.lane < least ? row.lane : least),
    lanes.reconciliation,
  );
  return { connectionId, direction, leaseToken, lane, records };
}

/** Records as a worker would take them now, in the order asked for; nothing is taken. */
export async function lookAt(db: Database, ids: readonly number[]): Promise<ClaimedRecord[]> {
  if (ids.length === 0) return [];
  const rows = await db.execute<ClaimedRow>(sql`
    select r.id, r.family, r.key, r.kind, d.stream, d.version, d.attempts, d.lane, d.waived, r.s360_state, r.latest_contact_id,
      ${reused} as reused
    from unnest(${sql.param([...ids])}::bigint[]) with ordinality as asked (id, nth)
    join record r on r.id = asked.id
    join record_direction d on d.record_id = r.id and d.direction = 'in'
    order by asked.nth`);
  const around = await readAround(db, ids);
  return rows.rows.map((row) => toClaimed(row, around));
}

const reused = sql`(r.contact_id is distinct from r.latest_contact_id and r.contact_id is not null and r.latest_contact_id is not null)`;

interface AroundRow extends Record<string, unknown> {
  id: string;
  parent_state: Record<string, unknown> | null;
  alias_of: string | null;
  merged_into: string | null;
  aliases: number[] | null;
  in_version: number | null;
}

interface HeadRow extends Record<string, unknown> {
  record_id: string;
  id: string;
  mapping_id: string;
  kind: Kind;
  object: string;
  salesforce_id: string;
  key: string;
  held: HeldRow | null;
  gone_at: string | null;
  fated: boolean;
  base: Agreed["base"];
  stored: Agreed["stored"];
  traces: Agreed["traces"];
}

type Around = AroundRow & { readonly links: LinkRow[] };

/**
 * Parents and links of claimed records. Read after the claim, in statements of their own: a version that was claimed must
 * not meet an order from before it. Newer is fine, for then the version has moved on and is evaluated again.
 */
async function readAround(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, Around>> {
  if (ids.length === 0) return new Map();
  const [rows, links] = await Promise.all([
    db.execute<AroundRow>(sql`
      select r.id, (select p.s360_state from record p where p.id = r.parent_id) as parent_state,
        (select h.key from link l join link head on head.salesforce_id = l.salesforce_id and head.head
            and head.connection_id = l.connection_id and head.mapping_id = l.mapping_id
          join record h on h.id = head.record_id
          where l.record_id = r.id and not l.head limit 1) as alias_of,
        (select h.key from merged_contact m join record h on h.id = m.head_id where m.record_id = r.id) as merged_into,
        (select jsonb_agg(l.mapping_id) from link l where l.record_id = r.id and not l.head) as aliases,
        (select d.version from record_direction d where d.record_id = r.id and d.direction = 'in') as in_version
      from record r
      where r.id = any(${sql.param([...ids])}::bigint[])`),
    readHeads(db, ids),
  ]);
  return new Map(
    rows.rows.map((row) => [Number(row.id), { ...row, links: links.get(Number(row.id)) ?? [] }]),
  );
}

/** By record: its links, except those through which another number writes. */
async function readHeads(db: Database, ids: readonly number[]): Promise<ReadonlyMap<number, LinkRow[]>> {
  const rows = await db.execute<HeadRow>(sql`
    select l.record_id, l.id, l.mapping_id, m.kind, l.object, l.salesforce_id, l.key, l.held, to_jsonb(l.gone_at) as gone_at,
      l.fate_at is not null as fated, l.base, l.stored, l.traces
    from link l join mapping m on m.id = l.mapping_id
    where l.record_id = any(${sql.param([...ids])}::bigint[]) and l.head`);
  const byRecord = new Map<number, LinkRow[]>();
  for (const { record_id: recordId, base, stored, traces, ...row } of rows.rows) {
    const link: LinkRow = {
      id: Number(row.id),
      mappingId: Number(row.mapping_id),
      mappingKind: row.kind,
      object: row.object,
      salesforceId: row.salesforce_id,
      key: row.key,
      agreed: { base, stored, traces },
      held: row.held,
      goneAt: row.gone_at,
      fated: row.fated,
    };
    byRecord.set(Number(recordId), [...(byRecord.get(Number(recordId)) ?? []), link]);
  }
  return byRecord;
}

function toClaimed(row: ClaimedRow, around: ReadonlyMap<number, Around>): ClaimedRecord {
  const id = Number(row.id);
  return {
    id,
    family: row.family,
    key: row.key,
    kind: row.kind,
    stream: row.stream,
    lane: row.lane,
    version: row.version,
    attempts: row.attempts,
    contactId: row.latest_contact_id,
    reused: row.reused === true,
    state: row.s360_state ?? {},
    parentState: around.get(id)?.parent_state ?? null,
    links: around.get(id)?.links ?? [],
    aliasOf: around.get(id)?.links.length ? null : (around.get(id)?.alias_of ?? null),
    mergedInto: around.get(id)?.merged_into ?? null,
    aliases: around.get(id)?.aliases ?? [],
    waived: row.waived,
    inVersion: around.get(id)?.in_version ?? 0,
  };
}
