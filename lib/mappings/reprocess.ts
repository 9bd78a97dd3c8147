/**
 * Taking the records of a kind through a newly published version: begun, paused, resumed, cancelled. Workers make a slice
 * of them due at a time (feed-reprocess.ts), so that it survives restarts and never floods the queue.
 */
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { auditLog, mapping, mappingVersion, reprocess } from "@/drizzle/schema";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import type { ReprocessStatus } from "./contract";
import { lockMapping, type MappingRow } from "./drafts";
import { wakeWorkers } from "./release";
import { countIdle, haltOf, progressOf, takeBack, type OfKind } from "./reprocess-records";

type Row = typeof reprocess.$inferSelect;

export type ReprocessChange = "pause" | "resume" | "cancel";

export type ReprocessResult =
  | { readonly outcome: "done" }
  /** Somebody published another version, or ended it, in between. */
  | { readonly outcome: "moved-on" };

/** Takes all records through the version that is published; what is under way for an earlier one is cancelled. */
export async function startReprocess(
  db: Database,
  input: { readonly mappingId: number; readonly versionId: number; readonly actor: string },
): Promise<ReprocessResult> {
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, input.mappingId);
    if (!row || row.publishedVersionId !== input.versionId) return { outcome: "moved-on" };
    const open = await openRun(tx, row.id);
    if (open?.versionId === input.versionId) return { outcome: "moved-on" };
    if (open) await end(tx, open, row, "cancelled");
    const total = await countIdle(tx, row);
    await tx
      .insert(reprocess)
      .values({ mappingId: row.id, versionId: input.versionId, total, startedBy: input.actor });
    await note(tx, row, input.actor, "records re-processed", input.versionId);
    await wakeWorkers(tx, row.connectionId);
    return { outcome: "done" };
  });
}

/** Pausing and cancelling take back what is due and in nobody's hands; what was written stays. */
export async function changeReprocess(
  db: Database,
  input: {
    readonly mappingId: number;
    readonly runId: number;
    readonly change: ReprocessChange;
    readonly actor: string;
  },
): Promise<ReprocessResult> {
  const { mappingId, runId, change, actor } = input;
  return transact(db, async (tx) => {
    const row = await lockMapping(tx, mappingId);
    const open = row && (await openRun(tx, mappingId));
    if (!row || open?.id !== runId) return { outcome: "moved-on" };
    if (change === "cancel") await end(tx, open, row, "cancelled");
    if (change === "pause" && open.state === "running") await pause(tx, open, row);
    if (change === "resume") await resume(tx, open, row);
    await note(tx, row, actor, said[change], open.versionId);
    return { outcome: "done" };
  });
}

const said = {
  pause: "re-processing paused",
  resume: "re-processing resumed",
  cancel: "re-processing cancelled",
} as const satisfies Record<ReprocessChange, string>;

/** The latest run of a mapping held against workers, if it is not over. */
async function openRun(tx: Queryable, mappingId: number): Promise<Row | null> {
  const rows = await tx
    .select()
    .from(reprocess)
    .where(and(eq(reprocess.mappingId, mappingId), inArray(reprocess.state, ["running", "paused"])))
    .for("update");
  return rows[0] ?? null;
}

async function pause(tx: Queryable, run: Row, of: OfKind): Promise<void> {
  const back = await takeBack(tx, of);
  const afterId = back.length > 0 ? Math.min(run.afterId, Math.min(...back) - 1) : run.afterId;
  await tx
    .update(reprocess)
    .set({ state: "paused", afterId, made: Math.max(0, run.made - back.length) })
    .where(eq(reprocess.id, run.id));
}

async function resume(tx: Queryable, run: Row, { connectionId }: OfKind): Promise<void> {
  await tx.update(reprocess).set({ state: "running" }).where(eq(reprocess.id, run.id));
  await wakeWorkers(tx, connectionId);
}

async function end(tx: Queryable, run: Row, of: OfKind, state: "cancelled"): Promise<void> {
  const back = await takeBack(tx, of);
  const { written, failed } = await progressOf(tx, of, run.startedAt);
  const made = Math.max(0, run.made - back.length);
  await tx
    .update(reprocess)
    .set({ state, made, written, failed, endedAt: sql`now()` })
    .where(eq(reprocess.id, run.id));
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

/** How the latest run of a mapping stands, and what another one would have to do; null when there is no such mapping. */
export async function reprocessStatus(db: Queryable, mappingId: number): Promise<ReprocessStatus | null> {
  const [row] = await db.select().from(mapping).where(eq(mapping.id, mappingId));
  if (!row) return null;
  const [latest] = await db
    .select({ run: reprocess, number: mappingVersion.number })
    .from(reprocess)
    .innerJoin(mappingVersion, eq(mappingVersion.id, reprocess.versionId))
    .where(eq(reprocess.mappingId, mappingId))
    .orderBy(desc(reprocess.id))
    .limit(1);
  const records = await countIdle(db, row);
  if (!latest) return { records, run: null };
  const { run, number } = latest;
  const { id, versionId, state, total, made, startedBy: by, startedAt, endedAt } = run;
  const isOpen = endedAt === null;
  const now = isOpen ? await progressOf(db, row, startedAt) : null;
  return {
    records,
    run: {
      ...{ id, versionId, number, state, total, by },
      through: Math.max(0, made - (now?.due ?? 0)),
      written: now?.written ?? run.written ?? 0,
      failed: now?.failed ?? run.failed ?? 0,
      halted: state === "running" ? await haltOf(db, row) : null,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    },
  };
}
