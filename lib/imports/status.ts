/** How imports stand. */
import { desc, eq, sql } from "drizzle-orm";
import { importRun } from "@/drizzle/schema";
import { estimate, type Estimate } from "@/lib/core/imports/estimate";
import { importEnds, importStreams, type ImportEnd } from "@/lib/core/imports/words";
import { shortageOf } from "@/lib/budget/shortage";
import { lanes, neededBy } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { ImportCounts, ImportRun, Imports, ImportStatus } from "./contract";

type Row = typeof importRun.$inferSelect;

const earlierShown = 20;
/** Looked back this far: long enough to even out S-360's heaps, short enough to notice a change. */
const lookBackMinutes = 10;

/** The imports of a connection, the latest first; of each stream's latest one how it stands in numbers. */
export async function readImports(db: Queryable, connectionId: number): Promise<Imports> {
  const rows = await db
    .select()
    .from(importRun)
    .where(eq(importRun.connectionId, connectionId))
    .orderBy(desc(importRun.id))
    .limit(earlierShown + importStreams.length);
  const latest = importStreams.flatMap((stream) => rows.find((row) => row.stream === stream) ?? []);
  return {
    current: await Promise.all(latest.map((row) => statusOf(db, row))),
    earlier: rows.filter((row) => !latest.includes(row)).map(toRun),
  };
}

/** One of them; null when there is none such. */
export async function readImport(db: Queryable, id: number): Promise<ImportStatus | null> {
  const [row] = await db.select().from(importRun).where(eq(importRun.id, id));
  return row ? statusOf(db, row) : null;
}

/** Null: there is no such import. */
export async function connectionOfImport(db: Queryable, id: number): Promise<number | null> {
  const [row] = await db
    .select({ connectionId: importRun.connectionId })
    .from(importRun)
    .where(eq(importRun.id, id));
  return row?.connectionId ?? null;
}

async function statusOf(db: Queryable, row: Row): Promise<ImportStatus> {
  const { counts, ...lately } = await countsOf(db, row);
  const isResting = row.state !== "running" || (row.approvedAt === null && counts.released >= row.canary);
  const pace: Estimate = estimate({
    ...{ expected: row.expected, isReceiving: row.closedAt === null, isResting, ...lately },
    received: counts.received,
    records: counts.records - counts.ends.live,
    through: counts.records - counts.ends.live - counts.held - counts.going,
  });
  const isFull = counts.released >= row.canary || (counts.held === 0 && counts.released > 0);
  return {
    ...toRun(row),
    counts,
    estimate: pace,
    halted: row.state === "running" && counts.going > 0 ? await haltOf(db, row) : null,
    isCanaryThrough: isFull && counts.going === 0,
  };
}

function toRun(row: Row): ImportRun {
  const { id, stream, state, revision, since, expected, canary, canaryStep, approvedBy, startedBy } = row;
  return {
    ...{ id, stream, state, revision, since, expected, canary, canaryStep, approvedBy, startedBy },
    approvedAt: row.approvedAt?.toISOString() ?? null,
    startedAt: row.startedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

interface CountRow extends Record<string, unknown> {
  received: number;
  known: number;
  records: number;
  held: number;
  going: number;
  released: number;
  received_lately: number;
  through_lately: number;
  minutes: number;
}

/** What failed, waited or was in review may have been mended since: it is told as it stands now. */
export const standsAs = sql`case when i.ended_as not in ('waiting', 'failed', 'review') then i.ended_as
  when d.state = 'idle' then 'written'
  when d.state in ('waiting', 'failed', 'review', 'ignored') then d.state else i.ended_as end`;

async function countsOf(db: Queryable, { id, resumedAt, startedAt }: Row) {
  const since = sql`now() - ${lookBackMinutes} * interval '1 minute'`;
  const found = await db.execute<CountRow>(sql`
    select count(*) filter (where counted)::int as received,
      count(*) filter (where counted and known)::int as known,
      count(*) filter (where written)::int as records,
      count(*) filter (where written and released_at is null and ended_as is null)::int as held,
      count(*) filter (where written and released_at is not null and ended_as is null)::int as going,
      count(*) filter (where written and not known and released_at is not null)::int as released,
      count(*) filter (where counted and arrived_at > greatest(${since}, ${resumedAt.toISOString()}::timestamptz))::int as received_lately,
      count(*) filter (where written and ended_as <> 'live'
        and ended_at > greatest(${since}, ${resumedAt.toISOString()}::timestamptz))::int as through_lately,
      (extract(epoch from now() - greatest(${since}, ${resumedAt.toISOString()}::timestamptz, ${startedAt.toISOString()}::timestamptz)) / 60)::float8 as minutes
    from import_record where import_id = ${id}`);
  const ended = await db.execute<{ stands: ImportEnd; number: number }>(sql`
    select ${standsAs} as stands, count(*)::int as number
    from import_record i left join record_direction d on d.record_id = i.record_id and d.direction = 'in'
      and i.ended_as in ('waiting', 'failed', 'review')
    where i.import_id = ${id} and i.written and i.ended_as is not null group by 1`);
  const row = found.rows[0];
  if (!row) throw new Error("counting gave no row");
  const numberOf = (end: ImportEnd) => ended.rows.find(({ stands }) => stands === end)?.number ?? 0;
  const ends = Object.fromEntries(importEnds.map((end) => [end, numberOf(end)])) as ImportCounts["ends"];
  const { received, known, records, held, going, released } = row;
  return {
    counts: { received, known, records, held, going, released, ends } satisfies ImportCounts,
    receivedLately: row.received_lately,
    throughLately: row.through_lately,
    lookedBackMinutes: row.minutes,
  };
}

async function haltOf(db: Queryable, { connectionId, stream }: Row): Promise<string | null> {
  const rows = await db.execute<{ paused: boolean; sentence: string | null }>(sql`
    select exists (
        select from stream where connection_id = ${connectionId} and name = ${stream} and paused_at is not null) as paused,
      (select b.fault->>'sentence' from block b
        where b.connection_id = ${connectionId} and b.system = any(${sql.param([...neededBy.in])}::text[])
          and b.until > now() limit 1) as sentence`);
  const found = rows.rows[0];
  if (found?.paused)
    return "Sending to Salesforce is paused: it goes on when somebody resumes it on the Health page.";
  return found?.sentence ?? shortageOf(db, connectionId, lanes.backfill);
}
