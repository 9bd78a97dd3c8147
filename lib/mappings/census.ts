/**
 * How many records were last written otherwise than what is published says: counted by the workers (lib/comparison/census.ts),
 * told and steered here. The one place that says which records a change concerns: a publication, one that is taken back, a
 * mapping that runs again, a value map.
 */
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { auditLog, census } from "@/drizzle/schema";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { changesLeft } from "./census-changes";
import type { Census } from "./reprocess-contract";
import { countLeft } from "./reprocess-records";
import { lockMapping, type MappingRow } from "./drafts";
import { wakeWorkers } from "./release";

/** Begins to count the records whose result changed when a value map was saved, for the version that is published. */
export async function startMapCensus(
  db: Database,
  given: { readonly mappingId: number; readonly valueMap: string; readonly actor: string },
): Promise<CensusResult> {
  const { mappingId, valueMap, actor: startedBy } = given;
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, mappingId);
    if (!row || row.publishedVersionId === null) return { outcome: "moved-on" };
    // What somebody asked for when the version was restored is not forgotten for it.
    const thenReprocess = await endCensus(tx, mappingId);
    const of = { mappingId, versionId: row.publishedVersionId };
    await tx.insert(census).values({ ...of, valueMap, thenReprocess, startedBy });
    await wakeWorkers(tx, row.connectionId);
    return { outcome: "done" };
  });
}

interface CensusOrder {
  readonly versionId: number;
  readonly actor: string;
  /** What is found is re-processed as soon as all is counted. */
  readonly thenReprocess?: boolean;
}

/**
 * Begins to count what a version changes, in the transaction in which it begins to run. What is counted for an earlier one
 * ends: what that would have found is found by this.
 */
export async function beginCensus(
  tx: Queryable,
  row: Pick<MappingRow, "id" | "connectionId" | "direction">,
  { versionId, actor, thenReprocess = false }: CensusOrder,
): Promise<void> {
  await endCensus(tx, row.id);
  if (row.direction !== "in") return;
  await tx.insert(census).values({ mappingId: row.id, versionId, thenReprocess, startedBy: actor });
  await wakeWorkers(tx, row.connectionId);
}

/**
 * Counting that is under way ends, in the transaction in which what it counts for ends to run. Tells whether what it found,
 * or would have found, was to be re-processed and is not yet: whoever counts anew takes that over.
 */
export async function endCensus(tx: Queryable, mappingId: number): Promise<boolean> {
  const ended = await tx
    .update(census)
    .set({ state: "cancelled", endedAt: sql`now()` })
    .where(and(eq(census.mappingId, mappingId), inArray(census.state, ["running", "paused"])))
    .returning({ thenReprocess: census.thenReprocess });
  const asked = await takeAsked(tx, mappingId);
  return asked || ended.some(({ thenReprocess }) => thenReprocess);
}

/** Whether records that are counted wait to be re-processed; they do no longer. */
export async function takeAsked(tx: Queryable, mappingId: number): Promise<boolean> {
  const asked = await tx
    .update(census)
    .set({ thenReprocess: false })
    .where(and(eq(census.mappingId, mappingId), eq(census.state, "done"), eq(census.thenReprocess, true)))
    .returning({ changed: census.changed });
  return asked.some(({ changed }) => changed > 0);
}

export type CensusChange = "pause" | "resume" | "cancel";
export type CensusResult = { readonly outcome: "done" | "moved-on" };

/** Begins to count for the version that is published, where nothing was counted for it yet. */
export async function startCensus(
  db: Database,
  { mappingId, versionId, actor }: { mappingId: number; versionId: number; actor: string },
): Promise<CensusResult> {
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, mappingId);
    if (!row || row.publishedVersionId !== versionId) return { outcome: "moved-on" };
    if (await censusOf(tx, mappingId, versionId)) return { outcome: "moved-on" };
    await beginCensus(tx, row, { versionId, actor });
    return { outcome: "done" };
  });
}

const allowed = {
  pause: ["running"],
  resume: ["paused", "cancelled", "failed"],
  cancel: ["running", "paused"],
} as const satisfies Record<CensusChange, readonly (typeof census.$inferSelect)["state"][]>;

const becomes = { pause: "paused", resume: "running", cancel: "cancelled" } as const;

/** Pauses, cancels, or goes on from where it was. The slice in hand is finished first. */
export async function changeCensus(
  db: Database,
  given: { mappingId: number; censusId: number; change: CensusChange; actor: string },
): Promise<CensusResult> {
  const { mappingId, censusId, change, actor } = given;
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, mappingId);
    if (!row) return { outcome: "moved-on" };
    const changed = await tx
      .update(census)
      .set({
        state: becomes[change],
        sentence: null,
        endedAt: change === "cancel" ? sql`now()` : null,
        // Whoever goes on counting after that looks at the number first.
        ...(change === "cancel" && { thenReprocess: false }),
      })
      .where(
        and(
          eq(census.id, censusId),
          eq(census.mappingId, mappingId),
          eq(census.versionId, row.publishedVersionId ?? 0),
          inArray(census.state, [...allowed[change]]),
        ),
      );
    if (changed.rowCount !== 1) return { outcome: "moved-on" };
    const { connectionId } = row;
    await tx
      .insert(auditLog)
      .values({ connectionId, actor, action: `counting ${becomes[change]}`, subject: row.name });
    await wakeWorkers(tx, connectionId);
    return { outcome: "done" };
  });
}

type Row = typeof census.$inferSelect;

/** The latest count for a version. */
export async function censusOf(db: Queryable, mappingId: number, versionId: number): Promise<Row | null> {
  const rows = await db
    .select()
    .from(census)
    .where(and(eq(census.mappingId, mappingId), eq(census.versionId, versionId)))
    .orderBy(desc(census.id))
    .limit(1);
  return rows[0] ?? null;
}

/**
 * How counting for the published version stands; null when nothing is or was counted for it. `isAskedOften`: what changes is
 * left out, for it takes long where many records change.
 */
export async function censusStatus(
  db: Queryable,
  { id: mappingId, publishedVersionId }: Pick<MappingRow, "id" | "publishedVersionId">,
  isAskedOften: boolean,
): Promise<Census | null> {
  const row = publishedVersionId === null ? null : await censusOf(db, mappingId, publishedVersionId);
  if (!row) return null;
  const left = await countLeft(db, row.id);
  const { id, versionId, state, sentence, total, looked, changed, thenReprocess, valueMap } = row;
  const isTold = !isAskedOften && !thenReprocess;
  const changes = state !== "done" || left === 0 ? [] : isTold ? await changesLeft(db, row) : null;
  return { id, versionId, state, sentence, total, looked, changed, left, changes, thenReprocess, valueMap };
}
