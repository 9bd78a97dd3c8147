/** The worker's one loop: woken by NOTIFY or a one-second poll, it drains every connection that has work. */
import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseAway, type Database } from "@/lib/platform/db";
import { describeError, type Logger } from "@/lib/platform/log";
import { drainConnection } from "./drain";
import { connectionsWithWork } from "./due";
import type { OpenDeps } from "./open-deps";
import type { Wake } from "./wake";

const pollMs = 1_000;
const awayPauseMs = 1_000;

export interface LoopInput {
  readonly db: Database;
  readonly log: Logger;
  readonly openDeps: OpenDeps;
  readonly wake: Wake;
  /** Aborted when the worker is to stop; batches in hand are finished first. */
  readonly signal: AbortSignal;
}

/** Runs until the signal is aborted. A fault of one connection never stops the others. */
export async function runLoop(input: LoopInput): Promise<void> {
  const { db, log, signal } = input;
  const draining = new Map<number, Promise<void>>();
  while (!signal.aborted) {
    try {
      for (const connectionId of await connectionsWithWork(db)) {
        if (draining.has(connectionId)) continue;
        const drain = drainOnce(input, connectionId).finally(() => draining.delete(connectionId));
        draining.set(connectionId, drain);
      }
      await input.wake.wait(pollMs, signal);
    } catch (error) {
      log.warn({ err: describeError(error), away: isDatabaseAway(error) }, "the database did not answer");
      await sleep(awayPauseMs);
    }
  }
  await Promise.allSettled(draining.values());
}

async function drainOnce({ db, log, openDeps, signal }: LoopInput, connectionId: number): Promise<void> {
  const startedAt = performance.now();
  try {
    const report = await drainConnection({ db, log, openDeps, connectionId, signal });
    if (report.records === 0) return;
    log.info({ connectionId, ...report, tookMs: Math.round(performance.now() - startedAt) }, "drained");
  } catch (error) {
    log.error({ connectionId, err: describeError(error) }, "draining stopped");
    // The leases of the batch run out by themselves; without a pause a lasting fault would spin.
    await sleep(awayPauseMs);
  }
}
