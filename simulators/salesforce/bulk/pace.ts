import type { BulkSettings } from "./settings";

/** How a job spends its time, so that a client meets its states and sees it move. */
export interface Pace {
  /** In the queue, as UploadComplete. */
  waitMs: number;
  /** Records that may be done after so many milliseconds of work, of so many in all. */
  dueAfter: (elapsedMs: number, records: number) => number;
}

/** Of the time that a slow job takes longer, the part that it waits; the rest is spread over its records. */
const WAITED_PART = 0.25;

/** The least time is half spent in the queue; then records take their time, and a slow job `extraMs` more in all. */
export function paceOf({ rowsPerSecond, shortestMs }: BulkSettings, extraMs: number): Pace {
  const shortestPartMs = shortestMs / 2;
  const slowMs = extraMs * (1 - WAITED_PART);
  return {
    waitMs: shortestPartMs + extraMs * WAITED_PART,
    dueAfter: (elapsedMs, records) => {
      const plannedMs = Math.max(shortestPartMs, (records / rowsPerSecond) * 1000) + slowMs;
      return elapsedMs >= plannedMs ? records : Math.floor((records * elapsedMs) / plannedMs);
    },
  };
}
