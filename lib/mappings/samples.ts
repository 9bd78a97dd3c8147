import { and, desc, eq, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { record } from "@/drizzle/schema";
import { kindTable } from "@/lib/core/kinds";
import { recordKeyOf } from "@/lib/core/record-key";
import { termsQuery } from "@/lib/core/search-terms";
import type { Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { Sample } from "./contract";

/** How many are offered at once, and among how many of the latest a part of a name is looked for. */
const offered = 20;
const lookedThrough = 5_000;

interface Of {
  readonly connectionId: number;
  readonly kind: Kind;
}

const columns = { recordId: record.id, key: record.key, label: record.label, updatedAt: record.updatedAt };

/**
 * Real records of a kind that a mapping can be tried on, the latest first. `search` is a whole S-360 number, e-mail or
 * name of any record, or a part of the number or name of one of the latest 5,000.
 */
export async function listSamples(db: Queryable, of: Of, search: string): Promise<Sample[]> {
  const words = search.replaceAll("\0", "").replace(/\s+/g, " ").trim().slice(0, 200);
  const rows = await db
    .select(columns)
    .from(record)
    .where(and(ofKind(of), words === "" ? undefined : sql`${record.id} in (${matching(of, words)})`))
    .orderBy(desc(sql`${record.key} = ${recordKeyOf(words)}`), desc(record.updatedAt))
    .limit(offered);
  return rows.map(sampleOf);
}

/** Family comes first: it is what the index of recent records knows. */
function ofKind({ connectionId, kind }: Of): SQL | undefined {
  return and(
    eq(record.connectionId, connectionId),
    eq(record.family, kindTable[kind].family),
    eq(record.kind, kind),
    sql`${record.s360State} is not null`,
  );
}

/** Each part has an index of its own. */
function matching({ connectionId, kind }: Of, words: string): SQL {
  const { family } = kindTable[kind];
  const part = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`
    select id from record where connection_id = ${connectionId} and family = ${family} and key = ${recordKeyOf(words)}
    union
    select id from record where connection_id = ${connectionId} and array_to_tsvector(search_terms) @@ ${termsQuery(words)}::tsquery
    union
    select id from (
      select id, key, label from record
      where connection_id = ${connectionId} and family = ${family} and kind = ${kind}
      order by updated_at desc limit ${lookedThrough}
    ) recent where key ilike ${part} or label ilike ${part}`;
}

interface Found extends Sample {
  /** What the mapping runs on: the folded source state, or `{ operation, order }`. */
  readonly source: unknown;
}

/** One record with what a mapping can read of it, or null when it is not of this kind or knows nothing yet. */
export async function getSample(db: Queryable, of: Of, recordId: number): Promise<Found | null> {
  const rows = await db
    .select({ ...columns, state: record.s360State, parentId: record.parentId })
    .from(record)
    .where(and(ofKind(of), eq(record.id, recordId)));
  const row = rows[0];
  if (!row) return null;
  const source =
    kindTable[of.kind].family === "operation"
      ? { operation: row.state, order: await stateOf(db, row.parentId) }
      : row.state;
  return { ...sampleOf(row), source };
}

/** How many records the overview of what there is looks at. */
const lookedAt = 200;

/** Sources of the latest records of a kind. */
export async function latestSources(db: Queryable, of: Of): Promise<unknown[]> {
  const parent = alias(record, "parent");
  const rows = await db
    .select({ state: record.s360State, parentState: parent.s360State })
    .from(record)
    .leftJoin(parent, eq(parent.id, record.parentId))
    .where(ofKind(of))
    .orderBy(desc(record.updatedAt))
    .limit(lookedAt);
  const isSale = kindTable[of.kind].family === "operation";
  return rows.map(({ state, parentState }) =>
    isSale ? { operation: state, order: parentState ?? {} } : state,
  );
}

async function stateOf(db: Queryable, recordId: number | null): Promise<unknown> {
  if (recordId === null) return {};
  const rows = await db.select({ state: record.s360State }).from(record).where(eq(record.id, recordId));
  return rows[0]?.state ?? {};
}

function sampleOf(row: { recordId: number; key: string; label: string | null; updatedAt: Date }): Sample {
  const { recordId, key, label, updatedAt } = row;
  return { recordId, key, label, updatedAt: updatedAt.toISOString() };
}
