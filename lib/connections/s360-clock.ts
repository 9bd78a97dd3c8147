import type { Database } from "@/lib/platform/db";
import { readClockSkew, storeClockSkew } from "@/lib/platform/gate-use";
import { describeError, type Logger } from "@/lib/platform/log";

/** Less than this is noise of the network and of clocks that tell whole seconds. */
const worthStoringMs = 500;

export interface RememberedClock {
  /** How far S-360's clock is ahead of ours; 0 while nothing is known. */
  readonly skewMs: () => number;
  /** What an answer showed. */
  readonly seen: (skewMs: number) => void;
}

/** S-360's clock as this process sees it, kept for the others and for the Health page; written when it has moved. */
export async function rememberedClock(
  db: Database,
  connectionId: number,
  log: Logger,
): Promise<RememberedClock> {
  let storedMs = await readClockSkew(db, connectionId, "s360");
  let knownMs = storedMs ?? 0;
  return {
    skewMs: () => knownMs,
    seen(skewMs) {
      knownMs = skewMs;
      if (storedMs !== null && Math.abs(skewMs - storedMs) <= worthStoringMs) return;
      storedMs = skewMs;
      storeClockSkew(db, connectionId, "s360", skewMs).catch((error: unknown) =>
        log.warn({ connectionId, err: describeError(error) }, "S-360's clock was not noted"),
      );
    },
  };
}
