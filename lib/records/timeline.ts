/** What happened to a record: events that reached it and attempts to write it, newest first. */
import { sql } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import type { FieldConflict } from "@/lib/core/agreement";
import type { AttemptOutcome, Direction, Fate, Stream } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { exactTime } from "@/lib/platform/exact-time";
import type { FieldChange, Page, TimelineAttempt, TimelineEntry, TimelineEvent } from "./contract";
import { readCursor, writeCursor } from "./cursor";
import { fateOfEvent, fateOfTouch } from "./fate";
import { toldBySalesforce } from "./told";

/** More than there will ever be events, and well within what a number holds. */
const eventOffset = 4_000_000_000_000_000;

interface PlaceRow extends Record<string, unknown> {
  /** Events are moved far below zero, in their order, so that of one moment the attempt is newer than what it answers. */
  place_id: string;
  at: string;
}

/**
 * One page of the timeline. An order's events are told by the fate of the whole event, any other record's by what
 * became of the event here.
 */
export async function recordTimeline(
  db: Queryable,
  input: { readonly recordId: number; readonly cursor?: string; readonly limit: number },
): Promise<Page<TimelineEntry>> {
  const cursor = readCursor(input.cursor);
  const before = cursor
    ? sql`where (at, place_id) < (${cursor.at}::timestamptz, ${cursor.id}::bigint)`
    : sql``;
  const rows = await db.execute<PlaceRow>(sql`
    select place_id, ${exactTime(sql`at`)} as at from (
      select e.id - ${eventOffset}::bigint as place_id, e.received_at as at
      from event_record er join event e on e.id = er.event_id where er.record_id = ${input.recordId}
      union all
      select a.id, a.at from attempt a where a.record_id = ${input.recordId}
    ) told (place_id, at) ${before}
    order by told.at desc, place_id desc
    limit ${input.limit + 1}`);
  const shown = rows.rows.slice(0, input.limit).map((row) => ({ id: Number(row.place_id), at: row.at }));
  const eventIds = shown.filter(({ id }) => id < 0).map(({ id }) => id + eventOffset);
  const events = await readEvents(db, input.recordId, eventIds);
  const attempts = await readAttempts(
    db,
    shown.filter(({ id }) => id > 0).map(({ id }) => id),
  );
  const last = rows.rows.length > input.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.flatMap(({ id }): TimelineEntry[] => {
      const entry = id < 0 ? events.get(id + eventOffset) : attempts.get(id);
      return entry ? [entry] : [];
    }),
    next: last ? writeCursor(last) : null,
  };
}

interface EventRow extends Record<string, unknown> {
  id: string;
  at: string;
  stream: Stream;
  version: number;
  position: number;
  payload_items: number;
  note: string | null;
  fate: Fate;
  fault: Fault | null;
  /** Of the change feed only. */
  raw: string | null;
  merged: boolean;
}

/** All items of a call are stored in one transaction and share their time: that finds them by an index. */
async function readEvents(
  db: Queryable,
  recordId: number,
  ids: readonly number[],
): Promise<Map<number, TimelineEvent>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<EventRow>(sql`
    select e.id, ${exactTime(sql`e.received_at`)} as at, e.stream, er.version, e.position, e.note, e.fault,
      case when e.stream = 'contacts-out' then e.raw end as raw,
      case when e.stream = 'contacts-out' then coalesce((
        select a.outcome = 'merged' from attempt a
        where a.record_id = er.record_id and a.direction = er.direction and a.version >= er.version
        order by a.version, a.id limit 1), false) else false end as merged,
      case when r.family = 'order' then ${fateOfEvent} else ${fateOfTouch} end as fate,
      (select count(*)::int from event s
        where s.connection_id = e.connection_id and s.stream = e.stream and s.received_at = e.received_at
          and s.payload_id = e.payload_id) as payload_items
    from event_record er
    join event e on e.id = er.event_id
    join record r on r.id = er.record_id
    left join record_direction d on d.record_id = er.record_id and d.direction = er.direction
    where er.record_id = ${recordId} and er.event_id = any(${sql.param([...ids])}::bigint[])`);
  return new Map(rows.rows.map((row) => [Number(row.id), toEvent(row)]));
}

function toEvent(row: EventRow): TimelineEvent {
  const { at, stream, version, note, fate, fault } = row;
  const salesforce = toldBySalesforce(stream, row.raw ?? "");
  return {
    type: "event",
    id: Number(row.id),
    at,
    stream,
    version,
    place: row.position + 1,
    payloadItems: row.payload_items,
    note,
    fate,
    fault,
    salesforce,
    merged: row.merged && fate === "synced" && salesforce?.what === "deleted",
  };
}

interface AttemptRow extends Record<string, unknown> {
  id: string;
  at: string;
  direction: Direction;
  version: number;
  outcome: AttemptOutcome;
  fault: Fault | null;
  mapping_id: string | null;
  mapping_name: string | null;
  mapping_version: number | null;
  object: string | null;
  salesforce_id: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  conflicts: readonly FieldConflict[] | null;
  /** The change that the attempt carried, as the feed told it. */
  change: string | null;
  call_id: string | null;
  call_rows: number | null;
}

async function readAttempts(db: Queryable, ids: readonly number[]): Promise<Map<number, TimelineAttempt>> {
  if (ids.length === 0) return new Map();
  const rows = await db.execute<AttemptRow>(sql`
    select a.id, ${exactTime(sql`a.at`)} as at, a.direction, a.version, a.outcome, a.fault, m.id as mapping_id,
      m.name as mapping_name, v.number as mapping_version, a.object, a.salesforce_id, a.before, a.after, a.conflicts, a.call_id, a.call_rows,
      case when a.direction = 'out' then (
        select e.raw from event_record er join event e on e.id = er.event_id
        where er.record_id = a.record_id and er.direction = 'out' and er.version <= a.version
        order by er.version desc, e.id desc limit 1) end as change
    from attempt a
    left join mapping_version v on v.id = a.mapping_version_id
    left join mapping m on m.id = v.mapping_id
    where a.id = any(${sql.param([...ids])}::bigint[])`);
  return new Map(rows.rows.map((row) => [Number(row.id), toAttempt(row)]));
}

function toAttempt(row: AttemptRow): TimelineAttempt {
  const { mapping_id: mappingId, mapping_name: name, mapping_version: version, call_id: callId } = row;
  return {
    type: "attempt",
    id: Number(row.id),
    at: row.at,
    direction: row.direction,
    version: row.version,
    outcome: row.outcome,
    fault: row.fault,
    mapping:
      mappingId !== null && name !== null && version !== null
        ? { id: Number(mappingId), name, version }
        : null,
    object: row.object,
    salesforceId: row.salesforce_id,
    changes: changesOf(row.before ?? {}, row.after ?? {}),
    conflicts: row.conflicts ?? [],
    changedBy: toldBySalesforce("contacts-out", row.change ?? "")?.by ?? null,
    call: callId === null ? null : { id: callId, rows: row.call_rows ?? 1 },
  };
}

/** What a write changed, field by field. */
export function changesOf(before: Record<string, unknown>, after: Record<string, unknown>): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return fields.map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}
