/** Stopping in time: what a worker has in hand is finished, but not for ever. */
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits for `work`, once told to stop no longer than `ms` more. False when it was still under way then: what it had in hand
 * is left to its leases, and another worker goes on with it when they end.
 */
export async function finishesInTime(work: Promise<void>, signal: AbortSignal, ms: number): Promise<boolean> {
  const done = new AbortController();
  const overdue = async (): Promise<boolean> => {
    if (!signal.aborted)
      await new Promise<void>((resolve) =>
        signal.addEventListener("abort", () => resolve(), { once: true, signal: done.signal }),
      );
    await sleep(ms, undefined, { signal: done.signal });
    return false;
  };
  try {
    return await Promise.race([work.then(() => true), overdue()]);
  } finally {
    done.abort();
  }
}
