/** The worker's part of counting what a published version changes: slice after slice, behind everything else. */
import { setTimeout as sleep } from "node:timers/promises";
import { loadConnectionById } from "@/lib/connections/load";
import { syncSettings } from "@/lib/connections/sync-settings";
import { published } from "@/lib/mappings/published";
import type { Database } from "@/lib/platform/db";
import { describeError, type Logger } from "@/lib/platform/log";
import { countSlice, type OpenCensus } from "@/lib/comparison/census";
import { storedDescribes } from "@/lib/comparison/stored-describes";
import type { Patience } from "@/lib/sync/patience";

/** Between two slices, so that what is live always has the greater part of the process. */
const restMs = 50;
const brokenPauseMs = 5_000;

interface CensusInput {
  readonly db: Database;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/** Counts until there is no more, somebody stops it or the worker is to stop: another worker then goes on from there. */
export async function takeCensus(input: CensusInput, { id, connectionId }: OpenCensus): Promise<void> {
  const { log, signal } = input;
  const patience: Patience = new Map();
  try {
    while (!signal.aborted && (await oneSlice(input, { id, connectionId }, patience))) await sleep(restMs);
  } catch (error) {
    log.error({ connectionId, censusId: id, err: describeError(error) }, "counting stopped");
    await sleep(brokenPauseMs);
  }
}

async function oneSlice(
  { db, log }: CensusInput,
  { id, connectionId }: OpenCensus,
  patience: Patience,
): Promise<boolean> {
  const connection = await loadConnectionById(db, connectionId);
  if (!connection) return false;
  const side = { describe: storedDescribes(db, connection) };
  const settings = syncSettings(connection);
  const deps = { db, log, settings, side, published: await published(db, connectionId), patience };
  return countSlice(deps, id);
}
