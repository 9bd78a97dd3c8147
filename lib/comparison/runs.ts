/** The rows of comparisons: begun, heard of, ended, stopped. Any web process can tell how a comparison stands. */
import { and, desc, eq, sql } from "drizzle-orm";
import { comparisonRun } from "@/drizzle/schema";
import { kindTable } from "@/lib/core/kinds";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { ComparisonSummary } from "@/lib/core/mapping/comparison";
import type { Kind } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { ComparisonCosts, ComparisonRun } from "./contract";

/** A running comparison is heard of every few seconds; one that is silent for longer lost its process. */
const silentSeconds = 30;
/** Comparisons kept of a mapping: two people may look at one each. */
const kept = 5;

interface Of {
  readonly connectionId: number;
  readonly kind: Kind;
}

/** The latest records of a kind, the latest first. */
export async function latestRecords(db: Queryable, of: Of, wanted: number): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select r.id from record r join record_direction d on d.record_id = r.id and d.direction = 'in'
    where ${ofKind(of)} order by r.updated_at desc, r.id desc limit ${wanted}`);
  return rows.rows.map(({ id }) => Number(id));
}

function ofKind({ connectionId, kind }: Of) {
  return sql`r.connection_id = ${connectionId} and r.family = ${kindTable[kind].family} and r.kind = ${kind}
    and r.s360_state is not null`;
}

/** Records that one call to Salesforce can read, or look for (core/side.ts). */
const perCall = 1_000;

export async function costsOf(
  db: Queryable,
  of: Of & { readonly mappingId: number },
  wanted: number,
): Promise<ComparisonCosts> {
  const rows = await db.execute<{ records: number; compared: number; linked: number }>(sql`
    with latest as (
      select r.id from record r where ${ofKind(of)} order by r.updated_at desc, r.id desc limit ${wanted})
    select (select count(*)::int from record r where ${ofKind(of)}) as records, count(*)::int as compared,
      (count(*) filter (where exists (
        select from link l where l.record_id = latest.id and l.mapping_id = ${of.mappingId})))::int as linked
    from latest`);
  const { records, compared, linked } = rows.rows[0] ?? { records: 0, compared: 0, linked: 0 };
  const calls = Math.ceil(linked / perCall) + Math.ceil((compared - linked) / perCall);
  return { records, compared, calls };
}

interface Begin {
  readonly mappingId: number;
  readonly document: MappingDocument;
  readonly versionId: number | null;
  readonly wanted: number;
  readonly total: number;
  readonly fresh: boolean;
  readonly connectionId: number;
  readonly actor: string;
}

/** A comparison of the same mapping that still runs is stopped: its draft is not the one that is looked at any more. */
export async function beginRun(db: Database, begin: Begin): Promise<number> {
  return transact(db, async (tx) => {
    const { mappingId, document, versionId, wanted, total, fresh, actor, connectionId } = begin;
    await stopRunning(tx, mappingId, "Another comparison of this mapping was begun.");
    const [run] = await tx
      .insert(comparisonRun)
      .values({
        ...{ mappingId, document, versionId, wanted, total, fresh, startedBy: actor },
        knownAt: fresh ? null : sql`(select last_polled_at from feed where connection_id = ${connectionId})`,
      })
      .returning({ id: comparisonRun.id });
    if (!run) throw new Error("the comparison was not stored");
    await tx.execute(sql`
      delete from comparison_run where mapping_id = ${mappingId}
        and id not in (select id from comparison_run where mapping_id = ${mappingId} order by id desc limit ${kept})`);
    return run.id;
  });
}

async function stopRunning(tx: Queryable, mappingId: number, sentence: string): Promise<void> {
  await tx
    .update(comparisonRun)
    .set({ state: "stopped", sentence, endedAt: sql`now()` })
    .where(and(eq(comparisonRun.mappingId, mappingId), eq(comparisonRun.state, "running")));
}

/** Notes how far a comparison is. False when somebody has stopped it. */
export async function noteProgress(db: Queryable, runId: number, done: number): Promise<boolean> {
  const noted = await db
    .update(comparisonRun)
    .set({ done, heardAt: sql`now()` })
    .where(and(eq(comparisonRun.id, runId), eq(comparisonRun.state, "running")));
  return (noted.rowCount ?? 0) > 0;
}

interface End {
  readonly state: "done" | "stopped" | "failed";
  readonly sentence: string | null;
  readonly summary: ComparisonSummary | null;
  readonly done: number;
}

/** What was found before somebody stopped it is kept with it. */
export async function endRun(
  db: Queryable,
  runId: number,
  { state, sentence, ...found }: End,
): Promise<void> {
  await db
    .update(comparisonRun)
    .set({
      ...found,
      state: sql`case when state = 'running' then ${state} else state end`,
      sentence: sql`coalesce(${comparisonRun.sentence}, ${sentence})`,
      endedAt: sql`coalesce(${comparisonRun.endedAt}, now())`,
    })
    .where(eq(comparisonRun.id, runId));
}

/** Stops a comparison; false when it does not run (any more). */
export async function stopRun(db: Queryable, mappingId: number, runId: number): Promise<boolean> {
  const stopped = await db
    .update(comparisonRun)
    .set({ state: "stopped", sentence: "It was stopped.", endedAt: sql`now()` })
    .where(
      and(
        eq(comparisonRun.id, runId),
        eq(comparisonRun.mappingId, mappingId),
        eq(comparisonRun.state, "running"),
      ),
    );
  return (stopped.rowCount ?? 0) > 0;
}

/** The latest comparison of a mapping, or null. */
export async function latestRun(db: Queryable, mappingId: number): Promise<ComparisonRun | null> {
  const [row] = await db
    .select({
      run: comparisonRun,
      silent: sql<boolean>`heard_at < now() - ${silentSeconds} * interval '1 second'`,
    })
    .from(comparisonRun)
    .where(eq(comparisonRun.mappingId, mappingId))
    .orderBy(desc(comparisonRun.id))
    .limit(1);
  if (!row) return null;
  const { id, document, versionId, wanted, total, done, fresh, summary, knownAt, startedBy, startedAt } =
    row.run;
  const lost = row.run.state === "running" && row.silent;
  return {
    ...{ id, document, versionId, wanted, total, done, fresh, summary },
    knownAt: knownAt?.toISOString() ?? null,
    state: lost ? "lost" : row.run.state,
    sentence: lost ? "The connector was restarted meanwhile. Compare again." : row.run.sentence,
    by: startedBy,
    startedAt: startedAt.toISOString(),
  };
}
