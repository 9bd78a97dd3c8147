/** Slowing down when S-360 answers 509 or 429: from five seconds, doubling, to five minutes (s360.md §4.3). */
import type { ContactSide, OrderReader } from "@/lib/core/contact-side";
import { FaultError } from "@/lib/core/faults";

const firstPauseMs = 5_000;
const longestPauseMs = 5 * 60_000;

/** Marks faults of our own gate: S-360 was not asked, so they say nothing about its limits. */
export const gateOrigin = "GATE";

/**
 * The same side, telling `pause` how long to leave S-360 alone after a call that went over its limit. Calls that were
 * under way together count once, and only a call that began after the pause proves that it was enough.
 */
export function withBackOff(
  side: ContactSide & OrderReader,
  pause: (ms: number) => Promise<void>,
): ContactSide & OrderReader {
  let refusedInARow = 0;
  let pauses = 0;
  async function watched<T>(call: () => Promise<T>): Promise<T> {
    const begun = pauses;
    try {
      const answer = await call();
      if (begun === pauses) refusedInARow = 0;
      return answer;
    } catch (error) {
      if (isOverLimit(error) && begun === pauses) {
        pauses++;
        const ms = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(refusedInARow, 10));
        refusedInARow++;
        await pause(ms);
      }
      throw error;
    }
  }
  return {
    ...side,
    read: (...asked) => watched(() => side.read(...asked)),
    readOrder: (...asked) => watched(() => side.readOrder(...asked)),
    save: (...saved) => watched(() => side.save(...saved)),
    search: (query) => watched(() => side.search(query)),
  };
}

function isOverLimit(error: unknown): boolean {
  if (!(error instanceof FaultError)) return false;
  return error.fault.code === "s360_limit" && error.fault.origin?.code !== gateOrigin;
}
