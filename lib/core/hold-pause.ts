/** How long a connection is held before the system that refused is asked again. Pure. */
import { backoffMs } from "./backoff";
import type { FaultCode } from "./faults";

interface Pause {
  readonly firstMs: number;
  readonly mostMs: number;
}

const seconds = 1_000;
const minutes = 60 * seconds;

const usual: Pause = { firstMs: 2 * seconds, mostMs: 5 * minutes };

const pauses: Readonly<Partial<Record<FaultCode, Pause>>> = {
  // The allowance is of the last 24 hours: within a quarter of an hour those calls become free that were made in the
  // same quarter yesterday. To ask more often costs calls that the org has not got.
  org_limit: { firstMs: 15 * minutes, mostMs: 60 * minutes },
  // Somebody has to delete records or buy storage.
  org_storage: { firstMs: 5 * minutes, mostMs: 60 * minutes },
  // Long calls of others end within seconds.
  org_crowded: { firstMs: 2 * seconds, mostMs: 1 * minutes },
  // A refused sign-in is refused a second later too: only a person can change that.
  sign_in: { firstMs: 10 * seconds, mostMs: 15 * minutes },
};

/** `times`: how often in a row it has refused, this time included. */
export function holdPauseMs(code: FaultCode, times: number, random: number): number {
  const { firstMs, mostMs } = pauses[code] ?? usual;
  return backoffMs(Math.max(0, times - 1), random, firstMs, mostMs);
}
