/**
 * How many records a newly published version changes: counted by the workers (lib/shadow/census.ts), told and steered here.
 * The words are those of the brief of the mapping editor: "re-process the 4,210 records whose result changes".
 */
import { and, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { auditLog, census, mappingVersion } from "@/drizzle/schema";
import type { MappingDocument, ValueMapEntries } from "@/lib/core/mapping/document";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { Census } from "./reprocess-contract";
import { lockMapping, type MappingRow } from "./drafts";
import { wakeWorkers } from "./release";
import { sameDocument } from "./same-document";

/** Earlier versions a record is evaluated with, the latest first: each takes as long as the new one. */
const mostAgainst = 5;

/**
 * Begins to count the records whose result changed when a value map was saved, for the version that is published.
 * What earlier versions left behind is counted too; what an earlier save of a value map left behind is not.
 */
export async function startMapCensus(
  db: Database,
  given: {
    readonly mappingId: number;
    /** The map that was saved, as it was each time before. */
    readonly mapBefore: { readonly name: string; readonly entries: readonly ValueMapEntries[] };
    readonly actor: string;
  },
): Promise<CensusResult> {
  const { mappingId, mapBefore, actor: startedBy } = given;
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, mappingId);
    const [version] = await tx
      .select()
      .from(mappingVersion)
      .where(eq(mappingVersion.id, row?.publishedVersionId ?? 0));
    if (!row || !version) return { outcome: "moved-on" };
    const against = (await carriedVersions(tx, mappingId, version)) ?? [];
    // What somebody asked for when the version was restored is not forgotten for it.
    const thenReprocess = await endCensus(tx, mappingId);
    const of = { mappingId, versionId: version.id };
    await tx.insert(census).values({ ...of, against, mapBefore, thenReprocess, startedBy });
    await wakeWorkers(tx, row.connectionId);
    return { outcome: "done" };
  });
}

interface CensusOrder {
  readonly actor: string;
  /** What is found is re-processed as soon as all is counted. */
  readonly thenReprocess?: boolean;
}

/**
 * Begins to count what a version changes, in the transaction that publishes it; null when there was none before it. What
 * is counted for an earlier version ends.
 */
export async function beginCensus(
  tx: Queryable,
  row: Pick<MappingRow, "id" | "connectionId">,
  version: { readonly id: number; readonly document: MappingDocument },
  { actor, thenReprocess = false }: CensusOrder,
): Promise<void> {
  const against = await carriedVersions(tx, row.id, version);
  await endCensus(tx, row.id);
  if (against === null) return;
  await tx
    .insert(census)
    .values({ mappingId: row.id, versionId: version.id, against, thenReprocess, startedBy: actor });
  await wakeWorkers(tx, row.connectionId);
}

/**
 * Versions whose results records may still carry: those since the last one that all records were taken through. Null when
 * there is none; what says the same as the new version changes nothing.
 */
async function carriedVersions(
  tx: Queryable,
  mappingId: number,
  { id, document }: { readonly id: number; readonly document: MappingDocument },
): Promise<number[] | null> {
  const through = await lastThrough(tx, mappingId);
  const earlier = await tx
    .select({ id: mappingVersion.id, document: mappingVersion.document })
    .from(mappingVersion)
    .where(
      and(
        eq(mappingVersion.mappingId, mappingId),
        lt(mappingVersion.id, id),
        gte(mappingVersion.id, through),
      ),
    )
    .orderBy(desc(mappingVersion.id));
  if (earlier.length === 0) return null;
  const others = earlier.filter(
    (one, nth) =>
      !sameDocument(one.document, document) &&
      !earlier.slice(0, nth).some((later) => sameDocument(later.document, one.document)),
  );
  return others.slice(0, mostAgainst).map((one) => one.id);
}

async function lastThrough(tx: Queryable, mappingId: number): Promise<number> {
  const rows = await tx.execute<{ id: string | null }>(sql`
    select max(version_id) as id from (
      select version_id from reprocess where mapping_id = ${mappingId} and state = 'done'
      union all
      select version_id from census where mapping_id = ${mappingId} and state = 'done' and changed = 0
    ) as through`);
  return Number(rows.rows[0]?.id ?? 0);
}

/**
 * Counting that is under way ends, in the transaction in which what it counts for ends to run. Tells whether what it would
 * have found was to be re-processed.
 */
export async function endCensus(tx: Queryable, mappingId: number): Promise<boolean> {
  const ended = await tx
    .update(census)
    .set({ state: "cancelled", endedAt: sql`now()` })
    .where(and(eq(census.mappingId, mappingId), inArray(census.state, ["running", "paused"])))
    .returning({ thenReprocess: census.thenReprocess });
  return ended.some(({ thenReprocess }) => thenReprocess);
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
    const [version] = await tx.select().from(mappingVersion).where(eq(mappingVersion.id, versionId));
    if (version) await beginCensus(tx, row, version, { actor });
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

/** How counting for the published version stands; null when nothing is or was counted for it. */
export async function censusStatus(
  db: Queryable,
  { id: mappingId, publishedVersionId }: Pick<MappingRow, "id" | "publishedVersionId">,
): Promise<Census | null> {
  const row = publishedVersionId === null ? null : await censusOf(db, mappingId, publishedVersionId);
  if (!row) return null;
  const left = await countLeft(db, row.id);
  const { id, versionId, state, sentence, total, looked, changed, thenReprocess, mapBefore } = row;
  const valueMap = mapBefore?.name ?? null;
  return { id, versionId, state, sentence, total, looked, changed, left, thenReprocess, valueMap };
}

/** Records whose result changes and that no re-processing has come to. */
export async function countLeft(db: Queryable, censusId: number): Promise<number> {
  const rows = await db.execute<{ number: number }>(sql`
    select count(*)::int as number from census_record where census_id = ${censusId} and was is null`);
  return rows.rows[0]?.number ?? 0;
}
