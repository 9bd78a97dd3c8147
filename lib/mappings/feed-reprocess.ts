/** The workers' part of a re-processing: a slice of records is made due whenever the one before is nearly through. */
import { eq, inArray } from "drizzle-orm";
import { mapping, reprocess } from "@/drizzle/schema";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { wakeWorkers } from "./release";
import { startAsked } from "./reprocess";
import { countDue, endIfThrough, makeDue } from "./reprocess-records";

/** Two batches of a worker (five groups of 200 fill one call): the next is ready when one is done. */
const sliceSize = 2_000;
const fewLeft = 1_000;

/** One turn for each run that is open. Any number of workers may take turns. */
export async function feedReprocesses(db: Database): Promise<void> {
  await startAsked(db);
  const runs = await db
    .select({ id: reprocess.id })
    .from(reprocess)
    .where(inArray(reprocess.state, ["running", "paused"]))
    .orderBy(reprocess.id);
  for (const { id } of runs) await transact(db, (tx) => feed(tx, id));
}

/** A paused one is over too once the last of its records is through, which was in a worker's hands when it was paused. */
async function feed(tx: Queryable, runId: number): Promise<void> {
  const [found] = await tx
    .select({ run: reprocess, connectionId: mapping.connectionId })
    .from(reprocess)
    .innerJoin(mapping, eq(mapping.id, reprocess.mappingId))
    .where(eq(reprocess.id, runId))
    .for("update", { of: reprocess, skipLocked: true });
  if (!found || (await endIfThrough(tx, found.run))) return;
  const { run, connectionId } = found;
  if (run.state !== "running" || run.censusId === null || (await countDue(tx, run.censusId)) > fewLeft)
    return;
  const made = await makeDue(tx, run.censusId, sliceSize);
  if (made === 0) return;
  await tx
    .update(reprocess)
    .set({ made: run.made + made })
    .where(eq(reprocess.id, runId));
  await wakeWorkers(tx, connectionId);
}
