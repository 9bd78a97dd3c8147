/** How a re-processing comes to its end: through, or cancelled once no worker has anything of it in hand. */
import { eq, sql } from "drizzle-orm";
import { reprocess } from "@/drizzle/schema";
import type { Queryable } from "@/lib/platform/db";
import { countDue, countLeft, progressOf } from "./reprocess-records";
import { isInHand, takeBack } from "./take-back";

type Row = typeof reprocess.$inferSelect;

/** Ends a run that goes on or is paused and has nothing left. Of records that were erased meanwhile nothing is told. */
export async function endIfThrough(tx: Queryable, run: Row): Promise<boolean> {
  const { id, censusId, startedAt, made } = run;
  // From before records were counted.
  if (censusId === null) return end(tx, run, { state: "cancelled" });
  if ((await countDue(tx, censusId)) > 0 || (await countLeft(tx, censusId)) > 0) return false;
  const { written, failed } = await progressOf(tx, { id, censusId, startedAt });
  return end(tx, run, { state: "done", total: made, written, failed });
}

/** Lets go of what is in nobody's hands. Over once the workers have told how what they had in hand ended. */
export async function endCancelled(tx: Queryable, run: Row): Promise<void> {
  const { id, censusId, startedAt } = run;
  if (censusId === null) {
    await end(tx, run, { state: "cancelled" });
    return;
  }
  const made = run.made - (await takeBack(tx, censusId, "end"));
  if (await isInHand(tx, censusId)) {
    await tx.update(reprocess).set({ state: "cancelling", made }).where(eq(reprocess.id, id));
    return;
  }
  const { written, failed } = await progressOf(tx, { id, censusId, startedAt });
  await end(tx, run, { state: "cancelled", made, written, failed });
}

async function end(tx: Queryable, { id }: Row, how: Partial<Row>): Promise<true> {
  const endedAt = sql`now()`;
  await tx
    .update(reprocess)
    .set({ ...how, endedAt })
    .where(eq(reprocess.id, id));
  return true;
}
