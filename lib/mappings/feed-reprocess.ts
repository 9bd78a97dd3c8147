/** The workers' part of a re-processing: a slice of records is made due whenever the one before is nearly through. */
import { eq, sql } from "drizzle-orm";
import { mapping, reprocess } from "@/drizzle/schema";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { wakeWorkers } from "./release";
import { startAsked } from "./reprocess";
import { countDue, makeDue, progressOf } from "./reprocess-records";

/** Two batches of a worker (five groups of 200 fill one call): the next is ready when one is done. */
const sliceSize = 2_000;
const fewLeft = 1_000;

/** One turn for each run that is under way. Any number of workers may take turns. */
export async function feedReprocesses(db: Database): Promise<void> {
  await startAsked(db);
  const runs = await db
    .select({ id: reprocess.id })
    .from(reprocess)
    .where(eq(reprocess.state, "running"))
    .orderBy(reprocess.id);
  for (const { id } of runs) await transact(db, (tx) => feed(tx, id));
}

async function feed(tx: Queryable, runId: number): Promise<void> {
  const [found] = await tx
    .select({ run: reprocess, connectionId: mapping.connectionId })
    .from(reprocess)
    .innerJoin(mapping, eq(mapping.id, reprocess.mappingId))
    .where(eq(reprocess.id, runId))
    .for("update", { of: reprocess, skipLocked: true });
  if (found?.run.state !== "running") return;
  const { run, connectionId } = found;
  const due = run.censusId === null ? 0 : await countDue(tx, run.censusId);
  if (due > fewLeft) return;
  const made = run.censusId === null ? 0 : await makeDue(tx, run.censusId, sliceSize);
  const ended = made === 0 && due === 0 ? await endedAs(tx, run) : {};
  await tx
    .update(reprocess)
    .set({ made: run.made + made, ...ended })
    .where(eq(reprocess.id, runId));
  if (made > 0) await wakeWorkers(tx, connectionId);
}

/** Of records that were erased meanwhile nothing is told. A run without a census is from before there were any. */
async function endedAs(tx: Queryable, { censusId, startedAt, made }: typeof reprocess.$inferSelect) {
  const endedAt = sql`now()`;
  if (censusId === null) return { state: "cancelled" as const, endedAt };
  const { written, failed } = await progressOf(tx, censusId, startedAt);
  return { state: "done" as const, total: made, written, failed, endedAt };
}
