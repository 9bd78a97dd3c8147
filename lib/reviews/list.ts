import { sql, type SQL } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import type { ReviewChoice, ReviewKind, ReviewState, ReviewSubject } from "@/lib/core/reviews";
import { neededBy, type Direction, type Family, type Kind, type RecordState } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { Page } from "@/lib/records/contract";
import { after, readCursor, writeCursor } from "@/lib/records/cursor";
import { gravityOf, isTroubled } from "@/lib/records/fate";
import { exactTime } from "@/lib/platform/exact-time";
import type { ReviewList, ReviewRow } from "./contract";

interface Row extends Record<string, unknown> {
  id: string;
  kind: ReviewKind;
  state: ReviewState;
  sentence: string;
  choice: ReviewChoice | null;
  decided_by: string | null;
  opened_at: string;
  decided_at: string | null;
  closed_at: string | null;
  paused: boolean;
  scheduled: boolean;
  held: string | null;
  happened: ReviewSubject["happened"] | null;
  direction: Direction | null;
  records: number | null;
  record_id: string | null;
  family: Family;
  key: string;
  record_kind: Kind | null;
  label: string | null;
  record_state: RecordState | null;
  fault: Fault | null;
}

/** Reviews of a connection, the latest first: by when they were opened, or closed. */
export async function listReviews(
  db: Queryable,
  input: {
    readonly connectionId: number;
    readonly list: ReviewList;
    /** Left out: all kinds. */
    readonly kind?: ReviewKind;
    readonly cursor?: string;
    readonly limit: number;
  },
): Promise<Page<ReviewRow>> {
  const isOpen = input.list === "open";
  const at = isOpen ? sql`v.opened_at` : sql`v.closed_at`;
  const cursor = readCursor(input.cursor);
  const rows = await readRows(
    db,
    sql`where v.connection_id = ${input.connectionId} and ${isOpen ? sql`v.state <> 'closed'` : sql`v.state = 'closed'`}
      ${input.kind ? sql`and v.kind = ${input.kind}` : sql``}
      ${after(cursor, at, sql`v.id`)}
    order by ${at} desc, v.id desc limit ${input.limit + 1}`,
  );
  const shown = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? shown.at(-1) : undefined;
  const lastAt = isOpen ? last?.openedAt : last?.closedAt;
  return { rows: shown, next: last && lastAt ? writeCursor({ at: lastAt, id: last.id }) : null };
}

/** How many wait for a person; what is being carried out does not. */
export async function countOpen(db: Queryable, connectionId: number): Promise<number> {
  const rows = await db.execute<{ number: number }>(sql`
    select count(*)::int as number from review where connection_id = ${connectionId} and state = 'open'`);
  return rows.rows[0]?.number ?? 0;
}

/** Why nothing goes to S-360 at the moment: a system that is needed does not answer, or a person has paused the stream. */
const held = sql`coalesce(
  (select b.fault->>'sentence' from block b
    where b.connection_id = v.connection_id and b.system = any(${sql.param([...neededBy.out])}::text[])
    order by b.system limit 1),
  (select 'The stream “Contacts to S-360” is paused. Resume it on the Health page.' from stream s
    where s.connection_id = v.connection_id and s.name = 'contacts-out' and s.paused_at is not null))`;

/** Of the reviews `v` that the condition leaves, in its order. */
export async function readRows(db: Queryable, condition: SQL): Promise<ReviewRow[]> {
  const rows = await db.execute<Row>(sql`
    with page as materialized (
      select v.*, row_number() over () as place from (select * from review v ${condition}) v
    )
    select v.id, v.kind, v.state, v.sentence, v.choice, v.decided_by, ${exactTime(sql`v.opened_at`)} as opened_at,
      ${exactTime(sql`v.decided_at`)} as decided_at, ${exactTime(sql`v.closed_at`)} as closed_at,
      coalesce((v.subject->>'paused')::boolean, false) as paused,
      coalesce((v.subject->>'startAt')::timestamptz > now(), false) as scheduled,
      v.subject->>'happened' as happened, v.subject->>'direction' as direction,
      case when v.kind = 'mass_change' and v.state = 'deciding' then ${held} end as held,
      case when v.kind = 'mass_change' then
        (select count(*)::int from review_record rr where rr.review_id = v.id) end as records,
      r.id as record_id, r.family, r.key, r.kind as record_kind, r.label, worst.state as record_state, worst.fault
    from page v
    left join record r on r.id = v.record_id
    left join lateral (
      select d.state, d.fault from record_direction d where d.record_id = r.id
      order by ${gravityOf(sql`d.state`)} limit 1
    ) worst on true
    order by v.place`);
  return rows.rows.map(toRow);
}

function toRow(row: Row): ReviewRow {
  const { id, record_id: recordId, record_state: state, family, key, label, record_kind: kind } = row;
  const fault = isTroubled(state) ? row.fault : null;
  return {
    id: Number(id),
    kind: row.kind,
    state: row.state,
    sentence: row.sentence,
    record: recordId === null ? null : { id: Number(recordId), family, key, kind, label, state, fault },
    records: row.records,
    paused: row.paused,
    scheduled: row.scheduled,
    held: row.held,
    happened: row.happened,
    direction: row.direction,
    choice: row.choice,
    decidedBy: row.decided_by,
    openedAt: row.opened_at,
    decidedAt: row.decided_at,
    closedAt: row.closed_at,
  };
}
