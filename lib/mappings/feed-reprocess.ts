/** The workers' part of a re-processing: a slice of records is made due whenever the one before is nearly through. */
import { eq, sql } from "drizzle-orm";
import { mapping, reprocess } from "@/drizzle/schema";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { wakeWorkers } from "./release";
import { countDue, makeDue, progressOf, type OfKind } from "./reprocess-records";

/** Two batches of a worker (five groups of 200 fill one call): the next is ready when one is done. */
const sliceSize = 2_000;
const fewLeft = 1_000;

/** One turn for each run that is under way. Any number of workers may take turns. */
export async function feedReprocesses(db: Database): Promise<void> {
  const runs = await db
    .select({ id: reprocess.id })
    .from(reprocess)
    .where(eq(reprocess.state, "running"))
    .orderBy(reprocess.id);
  for (const { id } of runs) await transact(db, (tx) => feed(tx, id));
}

async function feed(tx: Queryable, runId: number): Promise<void> {
  const [found] = await tx
    .select({ run: reprocess, connectionId: mapping.connectionId, kind: mapping.kind })
    .from(reprocess)
    .innerJoin(mapping, eq(mapping.id, reprocess.mappingId))
    .where(eq(reprocess.id, runId))
    .for("update", { of: reprocess, skipLocked: true });
  if (found?.run.state !== "running") return;
  const { run, ...of } = found;
  const due = await countDue(tx, of);
  if (due > fewLeft) return;
  const { made, last } = await makeDue(tx, of, run.afterId, sliceSize);
  const moved = { made: run.made + made, afterId: last ?? run.afterId };
  const isOver = last === null && due === 0;
  const ended = isOver ? await endedAs(tx, of, run.startedAt) : {};
  await tx
    .update(reprocess)
    .set({ ...moved, ...ended })
    .where(eq(reprocess.id, runId));
  if (made > 0) await wakeWorkers(tx, of.connectionId);
}

async function endedAs(tx: Queryable, of: OfKind, since: Date) {
  const { written, failed } = await progressOf(tx, of, since);
  return { state: "done" as const, written, failed, endedAt: sql`now()` };
}
