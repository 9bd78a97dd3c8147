/** Items that ended at the door, wholly or in part, and the raw text of any item. */
import { sql, type SQL } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import { setAsideCode } from "@/lib/core/set-aside";
import type { Family, Stream } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { exactTime } from "@/lib/platform/exact-time";
import type { EndedFilter, EndedItem, EndedOutcome, Page, RawEvent } from "./contract";
import { after, readCursor, writeCursor } from "./cursor";

const excerptCharacters = 300;

interface ItemRow extends Record<string, unknown> {
  id: string;
  at: string;
  stream: Stream;
  outcome: EndedOutcome;
  fault: Fault | null;
  excerpt: string;
  record_id: string | null;
  family: Family | null;
  key: string | null;
}

/** Unusable and ignored items, newest first. */
export async function endedItems(
  db: Queryable,
  input: {
    readonly connectionId: number;
    readonly stream?: Stream;
    readonly outcome?: EndedFilter;
    readonly cursor?: string;
    readonly limit: number;
  },
): Promise<Page<EndedItem>> {
  const rows = await db.execute<ItemRow>(sql`
    with page as materialized (
      select e.id, e.received_at, e.stream, e.outcome, e.fault, left(e.raw, ${excerptCharacters + 1}) as excerpt
      from event e
      where e.connection_id = ${input.connectionId} and e.outcome is not null
        ${input.stream ? sql`and e.stream = ${input.stream}` : sql``}
        ${endedAs(input.outcome)}
        ${after(readCursor(input.cursor), sql`e.received_at`, sql`e.id`)}
      order by e.received_at desc, e.id desc
      limit ${input.limit + 1}
    )
    select p.id, ${exactTime(sql`p.received_at`)} as at, p.stream, p.outcome, p.fault, p.excerpt,
      r.id as record_id, r.family, r.key
    from page p
    left join lateral (
      select r.id, r.family, r.key from event_record er join record r on r.id = er.record_id
      where er.event_id = p.id
      order by r.parent_id nulls first, r.id limit 1
    ) r on true
    order by p.received_at desc, p.id desc`);
  const shown = rows.rows.slice(0, input.limit);
  const last = rows.rows.length > input.limit ? shown.at(-1) : undefined;
  return { rows: shown.map(toItem), next: last ? writeCursor({ at: last.at, id: Number(last.id) }) : null };
}

const isSetAside = sql`e.outcome = 'failed' and e.fault->>'code' = ${setAsideCode}`;

function endedAs(outcome: EndedFilter | undefined): SQL {
  if (outcome === undefined) return sql``;
  return outcome === "set-aside" ? sql`and ${isSetAside}` : sql`and e.outcome = ${outcome}`;
}

function toItem(row: ItemRow): EndedItem {
  const { record_id: recordId, family, key, excerpt } = row;
  return {
    eventId: Number(row.id),
    receivedAt: row.at,
    stream: row.stream,
    outcome: row.outcome,
    fault: row.fault,
    setAside: row.outcome === "failed" && row.fault?.code === setAsideCode,
    excerpt: excerpt.length > excerptCharacters ? `${excerpt.slice(0, excerptCharacters)}…` : excerpt,
    record: recordId !== null && family && key !== null ? { id: Number(recordId), family, key } : null,
  };
}

interface RawRow extends Record<string, unknown> {
  at: string;
  stream: Stream;
  position: number;
  note: string | null;
  fault: Fault | null;
  raw: string;
}

/** One item exactly as it arrived, or null when it is not there (any more). */
export async function rawEvent(db: Queryable, eventId: number): Promise<RawEvent | null> {
  const rows = await db.execute<RawRow>(sql`
    select ${exactTime(sql`e.received_at`)} as at, e.stream, e.position, e.note, e.fault, e.raw
    from event e where e.id = ${eventId}`);
  const row = rows.rows[0];
  if (!row) return null;
  const { at, stream, position, note, fault, raw } = row;
  return { id: eventId, receivedAt: at, stream, position, note, fault, raw };
}
