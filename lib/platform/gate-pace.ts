/** How calls are held apart: the numbers behind the gate, without database and clock. */

export interface Pace {
  readonly perMinute: number;
  /**
   * The other side counts calls over the last minute, wherever it starts, and refuses those above the limit. Without it
   * the pace is an average, and ten calls may go out at once.
   */
  readonly strict?: boolean;
  /** Calls of a calendar month, UTC; 0 or none: no limit. */
  readonly perMonth?: number;
}

export interface Stride {
  readonly perMinute: number;
  /** Each call pushes the next place back by this much. */
  readonly stepMs: number;
  /** A call may go out this much before its place: what lets a few go at once after a quiet time. */
  readonly toleranceMs: number;
  /** Nobody waits longer for a place: whoever would must come again later. */
  readonly mostWaitMs: number;
  /** How long a place that was paid for may wait for its call without paying more. */
  readonly holdMs: number;
}

const minuteMs = 60_000;
const looseBurst = 10;
/** Constant over all paces, so that closing a gate need not know its pace. */
export const strictToleranceMs = 2_000;
/** Calls do not arrive as far apart as they left: one that was slow under way may be followed by faster ones. */
const underWayMs = 2_000;
const patienceMs = 30_000;

/**
 * The stride of a pace, or of the one granted for a while. Places `stepMs` apart and taken up to `toleranceMs` early
 * let floor((w + tolerance) / step) + 1 calls into a window of w. With step = (60 s + 2 s + tolerance) / perMinute that
 * is at most perMinute for every window below 62 s: at 60 a minute a call every 1,067 ms, two at once when it was quiet.
 */
export function strideOf(pace: Pace, granted: number | null = null): Stride {
  const perMinute = granted ?? pace.perMinute;
  if (!pace.strict) {
    const stepMs = minuteMs / perMinute;
    return { perMinute, stepMs, toleranceMs: (looseBurst - 1) * stepMs, mostWaitMs: Infinity, holdMs: 0 };
  }
  const stepMs = (minuteMs + underWayMs + strictToleranceMs) / perMinute;
  const mostWaitMs = Math.max(patienceMs, 2 * stepMs);
  return { perMinute, stepMs, toleranceMs: strictToleranceMs, mostWaitMs, holdMs: 0 };
}

/** A place that was paid for is kept no longer for its call. */
export const mostHeldMs = 5_000;

/**
 * The stride of two calls that are paid for at once: the first goes out now, the second follows. They pass when both
 * could go out now, and count as if they went `holdMs` later, which costs no place in a crowd. A second call that is
 * later still pays for the delay, at most one step more (`surchargeMs`). So for every moment s between payment and
 * departure the next place is, by then, one step further from s for each call that was still held, as if it had been
 * paid for at s, and the sum of `strideOf` stands. Null where two calls never fit: at one a minute.
 */
export function pairOf(stride: Stride): Stride | null {
  if (stride.perMinute < 2) return null;
  return {
    ...stride,
    stepMs: 2 * stride.stepMs,
    toleranceMs: stride.toleranceMs - stride.stepMs,
    mostWaitMs: Math.max(stride.mostWaitMs, 4 * stride.stepMs),
    holdMs: Math.max(0, stride.toleranceMs - stride.stepMs),
  };
}

/** What the second call of a pair has still to pay when it goes out that long after the payment. */
export function surchargeMs(pair: Stride, heldMs: number): number {
  return Math.min(Math.max(0, heldMs - pair.holdMs), pair.stepMs / 2);
}

/**
 * Calls of the whole month if it goes on as it began, in UTC. The first day counts as a whole one: its first hour
 * says nothing about thirty days.
 */
export function monthForecast(usedSoFar: number, now: Date): number {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const [beganMs, endsMs] = [Date.UTC(year, month), Date.UTC(year, month + 1)];
  const elapsedMs = Math.max(now.getTime() - beganMs, 24 * 60 * minuteMs);
  return Math.max(usedSoFar, Math.round((usedSoFar * (endsMs - beganMs)) / elapsedMs));
}
