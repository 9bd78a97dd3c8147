/**
 * Settling: everything a batch led to, in one transaction. Links and bases move, states change, events get their
 * outcome, waiting records are released, leases end. What another worker has taken over meanwhile is left to it.
 */
import type { EvaluatedBy } from "@/lib/core/mapping/published";
import { transact, type Database } from "@/lib/platform/db";
import type { ClaimedBatch } from "./records";
import {
  endLeases,
  insertAttempts,
  lockForSettling,
  noteWritten,
  park,
  releaseWaiting,
  storeLinks,
  storeOutcomes,
  storeStates,
} from "./settle-sql";
import { evaluatedTooEarly, holdKnowledge } from "./knowledge";
import { giveNumbers, storeEffects } from "./settle-effects";
import { keepReviews } from "./settle-reviews";
import type { Verdict } from "./verdict";
import { releaseFromHopeless } from "./contactless-sales";
import type { LinkResult } from "./work";

export async function settle(
  db: Database,
  batch: ClaimedBatch,
  verdicts: readonly Verdict[],
  results: readonly LinkResult[],
  evaluated: EvaluatedBy,
): Promise<void> {
  await transact(db, async (tx) => {
    const knowledge = await holdKnowledge(tx, batch.connectionId);
    const awaited = verdicts.flatMap((verdict) => verdict.awaited);
    const locked = await lockForSettling(tx, batch, awaited);
    const ours = verdicts.filter((verdict) => locked.ours.has(verdict.record.id));
    const ourResults = results.filter((result) => locked.ours.has(result.record.id));
    const linked = await storeLinks(tx, batch, ourResults);
    await storeEffects(tx, batch, ourResults);
    await storeStates(
      tx,
      batch.direction,
      ours,
      evaluatedTooEarly(ours, batch.direction, evaluated, knowledge),
    );
    await storeOutcomes(tx, batch.direction, ours);
    await insertAttempts(tx, batch.direction, ourResults);
    await keepReviews(tx, batch, ours, ourResults);
    await park(tx, batch.direction, ours, locked.awaitedIds);
    await releaseWaiting(tx, batch.connectionId, linked);
    // As it counts now: a sale that the saved rule has released may have found its contact still under way.
    if (knowledge.sales.withoutContact === "unlinked") await releaseFromHopeless(tx, batch, ours);
    await endLeases(tx, batch, ourResults);
    await giveNumbers(tx, batch.connectionId, ourResults);
    await noteWritten(tx, batch.connectionId, ours);
  });
}
