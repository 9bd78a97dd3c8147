/** Claiming: a lease on the record covers both directions, so one write per record is in flight (design §2.5). */
import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { CanonicalFields } from "@/lib/core/side";
import type { Direction, Family, Kind, Stream } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";

/** A lease that is not renewed for this long is free for the taking: its worker is dead. */
export const leaseSeconds = 60;

export interface LinkRow {
  readonly id: number;
  readonly mappingId: number;
  readonly mappingKind: Kind;
  readonly object: string;
  readonly salesforceId: string;
  readonly base: CanonicalFields;
}

export interface ClaimedRecord {
  readonly id: number;
  readonly family: Family;
  readonly key: string;
  readonly kind: Kind | null;
  readonly stream: Stream;
  readonly version: number;
  readonly attempts: number;
  /** The number now stands for another S-360 contact than the one that was linked. */
  readonly reused: boolean;
  readonly state: Readonly<Record<string, unknown>>;
  /** The order an operation belongs to. */
  readonly parentState: Readonly<Record<string, unknown>> | null;
  readonly links: readonly LinkRow[];
}

export interface ClaimedBatch {
  readonly connectionId: number;
  readonly direction: Direction;
  readonly leaseToken: string;
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
  reused: boolean | null;
  s360_state: Record<string, unknown> | null;
  parent_state: Record<string, unknown> | null;
  links: (Omit<LinkRow, "id"> & { id: number })[] | null;
}

/**
 * Takes up to `limit` due records of a connection that nobody holds, most urgent lane first. Any number of workers may
 * ask at once; each record goes to one of them. Paused streams and blocked connections give nothing.
 */
export async function claim(
  db: Database,
  connectionId: number,
  direction: Direction,
  limit: number,
): Promise<ClaimedBatch> {
  const leaseToken = randomUUID();
  const rows = await db.execute<ClaimedRow>(sql`
    with due as materialized (
      select d.record_id, d.stream, d.version, d.attempts, d.lane, d.due_at
      from record_direction d
      join record r on r.id = d.record_id
      where d.connection_id = ${connectionId} and d.direction = ${direction}
        and d.state in ('pending', 'retrying') and d.due_at <= now()
        and (r.lease_until is null or r.lease_until < now())
        and exists (select from connection c where c.id = d.connection_id and (c.blocked_until is null or c.blocked_until <= now()))
        and not exists (
          select from stream s where s.connection_id = d.connection_id and s.name = d.stream and s.paused_at is not null)
      order by d.lane, d.due_at, d.record_id
      limit ${limit}
      for update of r skip locked
    ), claimed as (
      update record r
      set lease_token = ${leaseToken}, lease_until = now() + ${leaseSeconds} * interval '1 second'
      from due where r.id = due.record_id
      returning r.id, r.family, r.key, r.kind, r.s360_state, r.parent_id, r.contact_id, r.latest_contact_id
    )
    select c.id, c.family, c.key, c.kind, due.stream, due.version, due.attempts, c.s360_state,
      c.contact_id is distinct from c.latest_contact_id and c.contact_id is not null and c.latest_contact_id is not null as reused,
      p.s360_state as parent_state,
      (select jsonb_agg(jsonb_build_object('id', l.id, 'mappingId', l.mapping_id, 'mappingKind', m.kind,
          'object', l.object, 'salesforceId', l.salesforce_id, 'base', l.base))
        from link l join mapping m on m.id = l.mapping_id where l.record_id = c.id and l.head) as links
    from claimed c
    join due on due.record_id = c.id
    left join record p on p.id = c.parent_id
    order by due.lane, due.due_at, c.id`);
  return { connectionId, direction, leaseToken, records: rows.rows.map(toClaimed) };
}

function toClaimed(row: ClaimedRow): ClaimedRecord {
  return {
    id: Number(row.id),
    family: row.family,
    key: row.key,
    kind: row.kind,
    stream: row.stream,
    version: row.version,
    attempts: row.attempts,
    reused: row.reused === true,
    state: row.s360_state ?? {},
    parentState: row.parent_state,
    links: row.links ?? [],
  };
}

/** Keeps a batch ours while it is being written. */
export async function renewLease(db: Database, batch: ClaimedBatch): Promise<void> {
  await db.execute(sql`
    update record set lease_until = now() + ${leaseSeconds} * interval '1 second'
    where id = any(${sql.param(batch.records.map((record) => record.id))}::bigint[]) and lease_token = ${batch.leaseToken}`);
}
