import type { BulkSettings } from "./settings";

/** How a job spends its time, so that a client meets its states and sees it move. */
export interface Pace {
  /** In the queue, as UploadComplete. */
  waitMs: number;
  /** Records that may be done after so many milliseconds of work, of so many in all. */
  dueAfter: (elapsedMs: number, records: number) => number;
}

/**
 * The least time is half spent in the queue; beyond it, records take their time, and a slow job `extraMs` more, evenly
 * over all of them.
 */
export function paceOf({ rowsPerSecond, shortestMs }: BulkSettings, extraMs: number): Pace {
  const waitMs = shortestMs / 2;
  return {
    waitMs,
    dueAfter: (elapsedMs, records) => {
      const plannedMs = Math.max(waitMs, (records / rowsPerSecond) * 1000) + extraMs;
      return elapsedMs >= plannedMs ? records : Math.floor((records * elapsedMs) / plannedMs);
    },
  };
}
