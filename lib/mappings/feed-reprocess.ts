/** The workers' part of a re-processing: a slice of records is made due whenever the one before is nearly through. */
import { and, eq, inArray } from "drizzle-orm";
import { mapping, reprocess } from "@/drizzle/schema";
import { openReprocessStates } from "@/lib/core/words";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { wakeWorkers } from "./release";
import { startAsked } from "./reprocess";
import { endCancelled, endIfThrough } from "./end-reprocess";
import { countDue, makeDue } from "./reprocess-records";
import { takeBack } from "./take-back";

/** Two batches of a worker (five groups of 200 fill one call): the next is ready when one is done. */
const sliceSize = 2_000;
const fewLeft = 1_000;

/** One turn for each run that is open. Any number of workers may take turns. */
export async function feedReprocesses(db: Database): Promise<void> {
  await startAsked(db);
  const runs = await db
    .select({ id: reprocess.id })
    .from(reprocess)
    .where(inArray(reprocess.state, [...openReprocessStates]))
    .orderBy(reprocess.id);
  for (const { id } of runs) await transact(db, (tx) => turn(tx, id));
}

type Run = typeof reprocess.$inferSelect;

async function turn(tx: Queryable, runId: number): Promise<void> {
  const [found] = await tx
    .select({ run: reprocess, connectionId: mapping.connectionId })
    .from(reprocess)
    .innerJoin(mapping, eq(mapping.id, reprocess.mappingId))
    .where(eq(reprocess.id, runId))
    .for("update", { of: reprocess, skipLocked: true });
  if (!found) return;
  const { run, connectionId } = found;
  if (run.state === "cancelling") return endCancelled(tx, run);
  if (run.state === "paused") return restPaused(tx, run);
  if (run.state === "running" && !(await endIfThrough(tx, run))) await feed(tx, run, connectionId);
}

/**
 * A paused one is over too once the last of its records is through, which was in a worker's hands when it was paused. What
 * came back from there unwritten is taken back now.
 */
async function restPaused(tx: Queryable, run: Run): Promise<void> {
  const back = run.censusId === null ? 0 : await takeBack(tx, run.censusId, "pause");
  const made = run.made - back;
  if (back > 0) await tx.update(reprocess).set({ made }).where(eq(reprocess.id, run.id));
  await endIfThrough(tx, { ...run, made });
}

async function feed(tx: Queryable, run: Run, connectionId: number): Promise<void> {
  if (run.censusId === null || (await countDue(tx, run.censusId)) > fewLeft) return;
  if (await isBehindCancelled(tx, run)) return;
  const made = await makeDue(tx, run.censusId, sliceSize);
  if (made === 0) return;
  await tx
    .update(reprocess)
    .set({ made: run.made + made })
    .where(eq(reprocess.id, run.id));
  await wakeWorkers(tx, connectionId);
}

/** What workers still have in hand for an earlier run is told there first: a turn later they have. */
async function isBehindCancelled(tx: Queryable, { mappingId }: Run): Promise<boolean> {
  const found = await tx
    .select({ id: reprocess.id })
    .from(reprocess)
    .where(and(eq(reprocess.mappingId, mappingId), eq(reprocess.state, "cancelling")));
  return found.length > 0;
}
