/** How S-360's limits (s360.md §4.3) reach the gate: the pace of a connection, and the gate's refusals as faults. */
import type { ConnectionSettings } from "@/lib/core/connection-settings";
import { FaultError, type Fault } from "@/lib/core/faults";
import type { Database } from "@/lib/platform/db";
import { GateClosed, QuotaUsedUp, takeToken } from "@/lib/platform/gate";
import type { Pace } from "@/lib/platform/gate-pace";
import { takePair, type HeldPlace } from "@/lib/platform/gate-pair";
import { gateOrigin } from "./s360-back-off";

/** S-360 refuses what is over its limit in any minute, wherever it starts. */
export function s360Pace({ s360 }: ConnectionSettings): Pace {
  return { perMinute: s360.callsPerMinute, perMonth: s360.callsPerMonth, strict: true };
}

/**
 * Waits for the place of one call to S-360.
 * @throws FaultError (s360_quota, s360_limit)
 */
export async function passS360Gate(db: Database, connectionId: number, pace: Pace): Promise<void> {
  await takeToken(db, connectionId, "s360", pace).catch(asFault);
}

/**
 * Waits for the places of a call to S-360 and of another that follows it closely; null when there was only the first.
 * @throws FaultError (s360_quota, s360_limit)
 */
export async function passS360GateForTwo(
  db: Database,
  connectionId: number,
  pace: Pace,
): Promise<HeldPlace | null> {
  return takePair(db, connectionId, "s360", pace).catch(asFault);
}

function asFault(error: unknown): never {
  const fault = faultOf(error);
  throw fault ? new FaultError(fault, { cause: error }) : error;
}

const whole = new Intl.NumberFormat("en");
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", timeZone: "UTC" });

function faultOf(error: unknown): Fault | null {
  if (error instanceof QuotaUsedUp) {
    const sentence = `S-360's monthly limit of ${whole.format(error.perMonth)} calls is used up until ${day.format(error.until)} (UTC). Raise s360.callsPerMonth in the connection's file if the contract allows more.`;
    return { code: "s360_quota", sentence, origin: { code: gateOrigin, message: "" } };
  }
  if (error instanceof GateClosed) {
    const seconds = Math.ceil(error.openInMs / 1_000);
    const sentence = `S-360 has refused calls because there were too many. They go on by themselves in ${seconds} seconds.`;
    return { code: "s360_limit", sentence, origin: { code: gateOrigin, message: "" } };
  }
  return null;
}
