/** Draining one connection: claim, sync, again, until nothing is due. */
import { FaultError, systemOf } from "@/lib/core/faults";
import { lanesThatMaySpend, spendFor } from "@/lib/budget/spending";
import { allLanes, writtenTo, type Direction, type Lane } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import { blockSystem } from "@/lib/sync/block";
import { claim, type ClaimedBatch } from "@/lib/sync/records";
import { syncBatch, type BatchReport } from "@/lib/sync/sync-batch";
import type { SyncDeps } from "@/lib/sync/work";
import { BulkSwitch } from "./bulk-switch";
import { gather } from "./gather";
import type { OpenDeps } from "./open-deps";

/** Five groups of 200 fill one Composite call (salesforce.md §3.6). */
const batchSize = 1_000;
/** While S-360 has more to be asked about than one batch may ask: few are taken, so that few are taken in vain. */
const slowBatchSize = 30;

export interface DrainReport {
  readonly batches: number;
  readonly records: number;
  readonly states: BatchReport;
}

export interface DrainInput {
  readonly db: Database;
  readonly log: Logger;
  readonly openDeps: OpenDeps;
  readonly connectionId: number;
  readonly direction: Direction;
  /** Whether what has just arrived waits a moment for more, to share the calls it costs. */
  readonly gathers?: boolean;
  /** Aborted: stop after the batch in hand. */
  readonly signal?: AbortSignal;
}

/** Batches of a backlog that are under way together: while one is at the org, the other is evaluated or settled. */
const batchesAtOnce = 2;

/**
 * Writes everything that is due in a direction now; stops at a fault that holds the system it writes to. Lanes whose calls
 * to Salesforce have run short keep their records until they may spend again.
 */
export async function drainConnection(input: DrainInput): Promise<DrainReport> {
  const states: Record<string, number> = {};
  const report = { batches: 0, records: 0, states };
  const drains: Promise<void>[] = [];
  const begin = (): void => {
    const one = drain();
    // It may break while another is still waited for; that it broke is told at the end.
    one.catch(() => undefined);
    drains.push(one);
  };
  const bulk = new BulkSwitch(input);
  const drain = async (): Promise<void> => {
    let limit = batchSize;
    while (!input.signal?.aborted) {
      const taken = await nextBatch(input, bulk, limit);
      if (!taken) break;
      const { deps, batch } = taken;
      const isBacklog = input.direction === "in" && batch.records.length === batchSize;
      if (isBacklog && drains.length < batchesAtOnce) begin();
      const ended = await spendFor(batch.lane, () =>
        bulk.around(deps, batch, (given) => syncBatch(given, batch)),
      );
      if (batch.records.length < limit) await bulk.end();
      limit = input.direction === "out" && (ended.untouched ?? 0) > 0 ? slowBatchSize : batchSize;
      report.batches++;
      report.records += batch.records.length;
      for (const [state, number] of Object.entries(ended)) states[state] = (states[state] ?? 0) + number;
    }
    await bulk.end();
  };
  begin();
  // All come to their end, also when one breaks.
  for (let seen = 0; seen < drains.length;) {
    seen = drains.length;
    await Promise.allSettled(drains);
  }
  await Promise.all(drains);
  return report;
}

async function nextBatch(
  input: DrainInput,
  bulk: BulkSwitch,
  limit: number,
): Promise<{ readonly deps: SyncDeps; readonly batch: ClaimedBatch } | null> {
  const from = await lanesOf(input);
  if (from.length === 0) return null;
  if (input.gathers) await gather({ ...input, from }, limit);
  if (input.signal?.aborted) return null;
  const deps = await openOrHold(input);
  if (!deps || (input.direction === "out" && !deps.contacts)) return null;
  await bulk.look(deps, from);
  const batch = await claim(input.db, input.connectionId, input.direction, limit, from);
  return batch.records.length === 0 ? null : { deps, batch };
}

/** What goes to S-360 spends S-360's calls, which have a limit of their own. */
async function lanesOf({ db, connectionId, direction }: DrainInput): Promise<readonly Lane[]> {
  return direction === "in" ? lanesThatMaySpend(db, connectionId) : allLanes;
}

/** What cannot be opened, such as a missing credential, holds the connection until someone mends it. */
async function openOrHold(input: DrainInput): Promise<SyncDeps | null> {
  const { db, log, openDeps, connectionId, direction } = input;
  try {
    return await openDeps(connectionId, direction);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const system = systemOf(error.fault.code) ?? writtenTo[direction];
    await blockSystem({ db, log, random: Math.random }, connectionId, system, error.fault);
    return null;
  }
}
