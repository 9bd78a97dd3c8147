/** Two calls of which the second must follow the first closely: both are paid for before the first goes out. */
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Queryable } from "./db";
import { readOpenState, takeToken, tryStride } from "./gate";
import { mostHeldMs, pairOf, strideOf, surchargeMs, type Pace, type Stride } from "./gate-pace";

/** A place that was paid for and waits for its call. */
export interface HeldPlace {
  /** True once, while it counts: then the call may go out without waiting. */
  readonly use: () => Promise<boolean>;
}

/** Two places are free less often than one: whoever was overtaken this often takes one, as everybody else does. */
const mostOvertaken = 20;

/**
 * Waits for the place of a call that goes out at once, and for that of another which follows within five seconds; unused
 * the second lapses. Null: only the first was to be had.
 * @throws QuotaUsedUp, GateClosed as takeToken
 */
export async function takePair(
  db: Queryable,
  connectionId: number,
  system: string,
  pace: Pace,
): Promise<HeldPlace | null> {
  for (let overtaken = 0; overtaken < mostOvertaken; overtaken++) {
    // Before it is taken, so that it is never held for longer than it says.
    const sinceMs = performance.now();
    const tried = await tryPair(db, connectionId, system, pace);
    if (tried === null) break;
    if (tried.waitMs === 0) {
      return held(sinceMs, (heldMs) => paySurcharge(db, connectionId, system, tried.pair, heldMs));
    }
    await sleep(tried.waitMs);
  }
  await takeToken(db, connectionId, system, pace);
  return null;
}

/** As `tryToken` for two places of a strict gate; null where two never fit into its pace. */
export async function tryPair(
  db: Queryable,
  connectionId: number,
  system: string,
  pace: Pace,
): Promise<{ readonly waitMs: number; readonly pair: Stride } | null> {
  const state = await readOpenState(db, connectionId, system, pace);
  const pair = pairOf(strideOf(pace, state.granted));
  if (pair === null) return null;
  return { pair, waitMs: await tryStride(db, connectionId, system, { state, stride: pair }) };
}

function held(sinceMs: number, pay: (heldMs: number) => Promise<boolean>): HeldPlace {
  let isUsed = false;
  return {
    use: async () => {
      const heldMs = performance.now() - sinceMs;
      if (isUsed || heldMs >= mostHeldMs) return false;
      isUsed = true;
      return pay(heldMs);
    },
  };
}

/**
 * What the second call of a pair owes for having gone out late. False, and nothing is paid, where the next place is
 * further away than calls alone push it: then the other side asked to slow down meanwhile.
 */
export async function paySurcharge(
  db: Queryable,
  connectionId: number,
  system: string,
  pair: Stride,
  heldMs: number,
): Promise<boolean> {
  const owedMs = surchargeMs(pair, heldMs);
  if (owedMs === 0) return true;
  const farthestMs = pair.toleranceMs + 2 * pair.stepMs;
  const result = await db.execute(sql`
    update gate set next_at = greatest(next_at, clock_timestamp()) + ${owedMs} * interval '1 millisecond'
    where connection_id = ${connectionId} and system = ${system}
      and next_at <= clock_timestamp() + ${farthestMs} * interval '1 millisecond'`);
  return (result.rowCount ?? 0) > 0;
}
