import { sql } from "drizzle-orm";
import type { Fault } from "@/lib/core/faults";
import { recordStates, type Family, type Kind, type RecordState, type Stream } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { exactTime } from "@/lib/platform/exact-time";
import type { Matches, Page, RecordFilter, RecordRow, StateCounts } from "./contract";
import { after, readCursor, writeCursor } from "./cursor";
import { gravityOf, isTroubled } from "./fate";
import { conditions, familiesOf } from "./match";

export interface SearchInput extends RecordFilter {
  readonly connectionId: number;
  readonly cursor?: string;
  readonly limit: number;
}

interface Row extends Record<string, unknown> {
  id: string;
  family: Family;
  key: string;
  kind: Kind | null;
  label: string | null;
  exact_at: string;
  state: RecordState | null;
  fault: Fault | null;
  changed_at: string;
  object: string | null;
  salesforce_id: string | null;
}

/**
 * Records that match, those S-360 spoke of last first. Each family is read along its own index (record_recent) and cut
 * before anything is joined, so a page costs the same among a thousand records or a million.
 */
export async function searchRecords(db: Queryable, input: SearchInput): Promise<Page<RecordRow>> {
  const { connectionId, limit } = input;
  const rows = await db.execute<Row>(sql`
    with page as materialized (
      select r.id, r.family, r.key, r.kind, r.label, r.updated_at
      from unnest(${sql.param([...familiesOf(input)])}::text[]) as f (family)
      cross join lateral (
        select r.id, r.family, r.key, r.kind, r.label, r.updated_at
        from record r
        where r.connection_id = ${connectionId} and r.family = f.family
          ${conditions(connectionId, input)}
          ${after(readCursor(input.cursor), sql`r.updated_at`, sql`r.id`)}
        order by r.updated_at desc, r.id desc
        limit ${limit + 1}
      ) r
      order by r.updated_at desc, r.id desc
      limit ${limit + 1}
    )
    select p.id, p.family, p.key, p.kind, p.label, ${exactTime(sql`p.updated_at`)} as exact_at,
      worst.state, worst.fault, ${exactTime(sql`greatest(p.updated_at, worst.changed_at)`)} as changed_at,
      l.object, l.salesforce_id
    from page p
    left join lateral (
      select d.state, d.fault, max(d.changed_at) over () as changed_at from record_direction d
      where d.record_id = any(
        case when p.family = 'order' then array(select c.id from record c where c.parent_id = p.id) else array[p.id] end)
      order by ${gravityOf(sql`d.state`)} limit 1
    ) worst on true
    left join lateral (
      select l.object, l.salesforce_id from link l where l.record_id = p.id order by l.head desc, l.id limit 1
    ) l on true
    order by p.updated_at desc, p.id desc`);
  const shown = rows.rows.slice(0, limit);
  const last = rows.rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map(toRow),
    next: last ? writeCursor({ at: last.exact_at, id: Number(last.id) }) : null,
  };
}

function toRow(row: Row): RecordRow {
  const { family, key, kind, label, state, object, salesforce_id: salesforceId } = row;
  return {
    id: Number(row.id),
    family,
    key,
    kind,
    label,
    state,
    fault: isTroubled(state) ? row.fault : null,
    changedAt: row.changed_at,
    salesforce: object && salesforceId ? { object, id: salesforceId } : null,
  };
}

/** Counting stops here: nobody reads on, and the answer stays quick. */
export const countLimit = 1_000;

/** How many records match a filter, counted up to `countLimit`. */
export async function countMatches(
  db: Queryable,
  connectionId: number,
  filter: RecordFilter,
): Promise<Matches> {
  const rows = await db.execute<{ number: number }>(sql`
    select count(*)::int as number from (
      select from record r
      where r.connection_id = ${connectionId}
        and r.family = any(${sql.param([...familiesOf(filter)])}::text[])
        ${conditions(connectionId, filter)}
      limit ${countLimit + 1}
    ) counted`);
  const number = rows.rows[0]?.number ?? 0;
  return { number: Math.min(number, countLimit), more: number > countLimit };
}

/** Records that are written, by where they stand; of one stream when it is named. */
export async function countStates(
  db: Queryable,
  connectionId: number,
  stream?: Stream,
): Promise<StateCounts> {
  const rows = await db.execute<{ state: RecordState; number: number }>(sql`
    select state, count(*)::int as number from record_direction
    where connection_id = ${connectionId} ${stream ? sql`and stream = ${stream}` : sql``}
    group by state`);
  const numberOf = (state: RecordState) => rows.rows.find((row) => row.state === state)?.number ?? 0;
  const pairs = recordStates.map((state) => [state, numberOf(state)] as const);
  return Object.fromEntries(pairs) as Record<RecordState, number>;
}
