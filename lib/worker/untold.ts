/** What opened under Reviews and was not told by mail yet. */
import { sql } from "drizzle-orm";
import { tellSchema } from "@/lib/core/connection-settings";
import type { ReviewKind } from "@/lib/core/reviews";
import type { Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { isProvisional } from "@/lib/core/record-key";
import type { DigestGroup, DigestLine } from "./digest";

export interface ToTell {
  readonly id: number;
  readonly institution: string;
  readonly name: string;
  readonly to: readonly string[];
}

/** What settles itself sooner than this is not told. */
const settleSeconds = 30;
/** How many of a kind are listed; the others are counted. */
const linesPerKind = 20;

const isUntold = sql`v.state = 'open' and v.mailed_at is null
  and v.opened_at < now() - ${settleSeconds} * interval '1 second'`;

/** Connections that have addresses and something to tell. */
export async function connectionsToTell(db: Queryable): Promise<ToTell[]> {
  const rows = await db.execute<{ id: string; institution: string; name: string; tell: unknown }>(sql`
    select c.id, c.institution, c.name, c.settings->'tell' as tell from connection c
    where jsonb_array_length(coalesce(c.settings->'tell', '[]'::jsonb)) > 0
      and exists (select from review v where v.connection_id = c.id and ${isUntold})
    order by c.id`);
  return rows.rows.map(({ id, institution, name, tell }) => ({
    id: Number(id),
    institution,
    name,
    to: tellSchema.parse(tell),
  }));
}

export interface Untold {
  /** Of all of them, listed or only counted, the oldest first. */
  readonly ids: readonly number[];
  readonly groups: readonly DigestGroup[];
}

export async function unmailed(db: Queryable, connectionId: number): Promise<Untold> {
  const found = await db.execute<{ id: string; kind: ReviewKind }>(sql`
    select v.id, v.kind from review v where v.connection_id = ${connectionId} and ${isUntold}
    order by v.opened_at, v.id`);
  const byKind = new Map<ReviewKind, number[]>();
  for (const { id, kind } of found.rows) byKind.set(kind, [...(byKind.get(kind) ?? []), Number(id)]);
  const listed = [...byKind.values()].flatMap((ids) => ids.slice(0, linesPerKind));
  const lines = await linesOf(db, listed);
  const groups = [...byKind].map(([kind, ids]) => ({
    kind,
    count: ids.length,
    lines: ids.flatMap((id) => lines.get(id) ?? []),
  }));
  return { ids: found.rows.map(({ id }) => Number(id)), groups };
}

interface LineRow extends Record<string, unknown> {
  id: string;
  record_id: string | null;
  record_kind: Kind | null;
  key: string;
  salesforce_id: string | null;
  records: number | null;
}

async function linesOf(db: Queryable, ids: readonly number[]): Promise<ReadonlyMap<number, DigestLine>> {
  const rows = await db.execute<LineRow>(sql`
    select v.id, r.id as record_id, r.kind as record_kind, r.key,
      (select l.salesforce_id from link l where l.record_id = r.id order by l.id limit 1) as salesforce_id,
      case when v.kind = 'mass_change' then
        (select count(*)::int from review_record rr where rr.review_id = v.id) end as records
    from review v left join record r on r.id = v.record_id
    where v.id = any(${sql.param(ids)}::bigint[])`);
  return new Map(rows.rows.map((row) => [Number(row.id), lineOf(row)]));
}

function lineOf({ id, record_id, record_kind, key, salesforce_id, records }: LineRow): DigestLine {
  const record =
    record_id === null
      ? null
      : {
          id: Number(record_id),
          kind: record_kind,
          key,
          salesforceId: isProvisional(key) ? salesforce_id : null,
        };
  return { reviewId: Number(id), record, records };
}
