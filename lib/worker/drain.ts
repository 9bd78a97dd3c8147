/** Draining one connection: claim, sync, again, until nothing is due. */
import { claim } from "@/lib/sync/records";
import { syncBatch, type BatchReport } from "@/lib/sync/sync-batch";
import type { SyncDeps } from "@/lib/sync/work";

/** Five groups of 200 fill one Composite call (salesforce.md §3.6). */
const batchSize = 1_000;

export interface DrainReport {
  readonly batches: number;
  readonly records: number;
  readonly states: BatchReport;
}

/**
 * Writes everything that is due for a connection now. `deps` is asked again for each batch, so that a published
 * mapping counts from the next batch on. Stops early when the signal is aborted, never in the middle of a batch.
 */
export async function drainConnection(
  openDeps: () => Promise<SyncDeps>,
  connectionId: number,
  signal?: AbortSignal,
): Promise<DrainReport> {
  let batches = 0;
  let records = 0;
  const states: Record<string, number> = {};
  while (!signal?.aborted) {
    const deps = await openDeps();
    const batch = await claim(deps.db, connectionId, "in", batchSize);
    if (batch.records.length === 0) break;
    const report = await syncBatch(deps, batch);
    batches++;
    records += batch.records.length;
    for (const [state, number] of Object.entries(report)) states[state] = (states[state] ?? 0) + number;
  }
  return { batches, records, states };
}
