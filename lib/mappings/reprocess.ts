/**
 * Taking the records whose result changes through a newly published version: begun, paused, resumed, cancelled. Workers
 * make a slice of them due at a time (feed-reprocess.ts), so that it survives restarts and never floods the queue.
 */
import { and, desc, eq, inArray } from "drizzle-orm";
import { auditLog, census, mapping, mappingVersion, reprocess } from "@/drizzle/schema";
import { steerableReprocessStates } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { ReprocessRun, ReprocessStatus } from "./reprocess-contract";
import { lockMapping, type MappingRow } from "./drafts";
import { wakeWorkers } from "./release";
import { censusOf, censusStatus, takeAsked } from "./census";
import { endCancelled, endIfThrough } from "./end-reprocess";
import { countLeft, haltOf, progressOf } from "./reprocess-records";
import { takeBack } from "./take-back";

type Row = typeof reprocess.$inferSelect;

export type ReprocessChange = "pause" | "resume" | "cancel";

export type ReprocessResult =
  | { readonly outcome: "done" }
  /** Somebody published another version, or ended it, in between; or the records are not counted yet. */
  | { readonly outcome: "moved-on" };

export type ReprocessChangeResult =
  | ReprocessResult
  /** It had come to its end, or was being cancelled, before anything could be changed; no other has begun since. */
  | { readonly outcome: "over" };

/**
 * Takes the records that its census found through the version that is published; what is under way for an earlier one is
 * cancelled.
 */
export async function startReprocess(
  db: Database,
  input: { readonly mappingId: number; readonly versionId: number; readonly actor: string },
): Promise<ReprocessResult> {
  return transact(db, (tx) => begin(tx, input));
}

async function begin(
  tx: Queryable,
  input: { readonly mappingId: number; readonly versionId: number; readonly actor: string },
): Promise<ReprocessResult> {
  const row = await lockMapping(tx, input.mappingId);
  if (!row || row.publishedVersionId !== input.versionId) return { outcome: "moved-on" };
  const counted = await censusOf(tx, row.id, input.versionId);
  if (counted?.state !== "done" || (await isCancelling(tx, counted.id))) return { outcome: "moved-on" };
  // Also when somebody begins it by hand: it is not begun a second time.
  await takeAsked(tx, row.id);
  const open = await openRun(tx, row.id);
  if (open?.censusId === counted.id) return { outcome: "moved-on" };
  if (open) await endCancelled(tx, open);
  const total = await countLeft(tx, counted.id);
  const { versionId, actor: startedBy } = input;
  await tx.insert(reprocess).values({ mappingId: row.id, versionId, censusId: counted.id, total, startedBy });
  await note(tx, row, input.actor, "records re-processed", input.versionId);
  await wakeWorkers(tx, row.connectionId);
  return { outcome: "done" };
}

/** Begins what somebody asked for before all was counted, and is counted now. Any number of workers may ask. */
export async function startAsked(db: Database): Promise<void> {
  const { mappingId, versionId, startedBy: actor } = census;
  const waiting = await db
    .select({ mappingId, versionId, actor })
    .from(census)
    .where(and(eq(census.state, "done"), eq(census.thenReprocess, true)));
  for (const asked of waiting)
    await transact(db, async (tx) => {
      // In the order in which everybody takes them: the mapping, then what is counted for it.
      await lockMapping(tx, asked.mappingId);
      // Another count took it over, or another worker was here.
      if (await takeAsked(tx, asked.mappingId)) await begin(tx, asked);
    });
}

/**
 * Pausing and cancelling take back what is due and in nobody's hands; what was written stays. What a worker has in hand is
 * finished, and counted then: a cancelled one is over only after that.
 */
export async function changeReprocess(
  db: Database,
  input: {
    readonly mappingId: number;
    readonly runId: number;
    readonly change: ReprocessChange;
    readonly actor: string;
  },
): Promise<ReprocessChangeResult> {
  const { mappingId, runId, change, actor } = input;
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, mappingId);
    const open = row && (await openRun(tx, mappingId));
    if (!row) return { outcome: "moved-on" };
    if (open?.id !== runId) return { outcome: (await isLatest(tx, mappingId, runId)) ? "over" : "moved-on" };
    if (change === "cancel") await endCancelled(tx, open);
    const ended = change === "pause" && open.state === "running" && (await pause(tx, open));
    if (change === "resume") await resume(tx, open, row.connectionId);
    // What was through when somebody paused it is done, and nobody has to go on with it.
    if (!ended) await note(tx, row, actor, said[change], open.versionId);
    return { outcome: "done" };
  });
}

const said = {
  pause: "re-processing paused",
  resume: "re-processing resumed",
  cancel: "re-processing cancelled",
} as const satisfies Record<ReprocessChange, string>;

async function isLatest(tx: Queryable, mappingId: number, runId: number): Promise<boolean> {
  const [latest] = await tx
    .select({ id: reprocess.id })
    .from(reprocess)
    .where(eq(reprocess.mappingId, mappingId))
    .orderBy(desc(reprocess.id))
    .limit(1);
  return latest?.id === runId;
}

/** What workers have in hand for it is not told apart from what another run of the same records would make due. */
async function isCancelling(tx: Queryable, censusId: number): Promise<boolean> {
  const found = await tx
    .select({ id: reprocess.id })
    .from(reprocess)
    .where(and(eq(reprocess.censusId, censusId), eq(reprocess.state, "cancelling")));
  return found.length > 0;
}

/** The run of a mapping that goes on or is paused, held against workers. */
async function openRun(tx: Queryable, mappingId: number): Promise<Row | null> {
  const rows = await tx
    .select()
    .from(reprocess)
    .where(and(eq(reprocess.mappingId, mappingId), inArray(reprocess.state, [...steerableReprocessStates])))
    .for("update");
  return rows[0] ?? null;
}

/** Cancels what is under way, in the transaction in which the mapping stops. What was written stays. */
export async function endReprocess(tx: Queryable, mappingId: number): Promise<void> {
  const open = await openRun(tx, mappingId);
  if (open) await endCancelled(tx, open);
}

async function pause(tx: Queryable, run: Row): Promise<boolean> {
  const { censusId } = run;
  const made = run.made - (censusId === null ? 0 : await takeBack(tx, censusId, "pause"));
  await tx.update(reprocess).set({ state: "paused", made }).where(eq(reprocess.id, run.id));
  return endIfThrough(tx, { ...run, made });
}

async function resume(tx: Queryable, run: Row, connectionId: number): Promise<void> {
  await tx.update(reprocess).set({ state: "running" }).where(eq(reprocess.id, run.id));
  await wakeWorkers(tx, connectionId);
}

async function note(
  tx: Queryable,
  row: MappingRow,
  actor: string,
  action: string,
  versionId: number,
): Promise<void> {
  const [version] = await tx
    .select({ number: mappingVersion.number })
    .from(mappingVersion)
    .where(eq(mappingVersion.id, versionId));
  const subject = `${row.name} ${version?.number ?? ""}`.trim();
  await tx.insert(auditLog).values({ connectionId: row.connectionId, actor, action, subject });
}

/** What the published version changes and how the latest run of a mapping stands; null when there is no such mapping. */
export async function reprocessStatus(db: Queryable, mappingId: number): Promise<ReprocessStatus | null> {
  const [row] = await db.select().from(mapping).where(eq(mapping.id, mappingId));
  if (!row) return null;
  const run = await latestRun(db, row);
  const isResting = run?.state === "paused" && run.versionId !== row.publishedVersionId;
  const isAskedOften = run !== null && run.endedAt === null && !isResting;
  return { census: await censusStatus(db, row, isAskedOften), run };
}

async function latestRun(db: Queryable, row: MappingRow): Promise<ReprocessRun | null> {
  const [latest] = await db
    .select({ run: reprocess, number: mappingVersion.number })
    .from(reprocess)
    .innerJoin(mappingVersion, eq(mappingVersion.id, reprocess.versionId))
    .where(eq(reprocess.mappingId, row.id))
    .orderBy(desc(reprocess.id))
    .limit(1);
  if (!latest) return null;
  const { run, number } = latest;
  const { id, versionId, censusId, state, total, startedBy: by, startedAt, endedAt } = run;
  const now =
    endedAt === null && censusId !== null ? await progressOf(db, { id, censusId, startedAt }) : null;
  return {
    ...{ id, versionId, number, state, total, by },
    through: now ? Math.max(0, now.made - now.due) : run.made,
    written: now?.written ?? run.written ?? 0,
    failed: now?.failed ?? run.failed ?? 0,
    onTheWay: state === "running" ? 0 : (now?.due ?? 0),
    halted: state === "running" ? await haltOf(db, row) : null,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
