import { setTimeout as sleep } from "node:timers/promises";
import type { RestReply } from "./messages";
import { limitExceeded, limitInfo } from "./rest-endpoint";
import type { Faults } from "../org/faults";
import type { Org } from "../org/org";

const UNAVAILABLE = { code: "SERVER_UNAVAILABLE", message: "The server is temporarily unavailable" };

/**
 * Waits out latency and hanging, then takes the next fault ordered for this call.
 * @param closing cuts the waiting short; the caller must not go on then
 * @returns the answer that takes the real one's place, "drop" for none at all, undefined when the call may go on
 */
export async function troubleBefore(
  org: Org,
  method: string,
  url: URL,
  closing: AbortSignal,
): Promise<RestReply | "drop" | undefined> {
  const { faults } = org;
  if (faults.latencyMs > 0) await rest(faults.latencyMs, { signal: closing });
  const target = `${method} ${url.pathname}`;
  const hang = faults.takeForRequest(["hang"], target);
  if (hang) await rest(hang.ms, { ref: false, signal: closing });
  const fault = faults.takeForRequest(["status", "limit-exceeded", "drop-before-write"], target);
  if (!fault) return undefined;
  if (fault.kind === "drop-before-write") return "drop";
  if (fault.kind === "limit-exceeded") {
    const error = limitExceeded();
    return { status: error.status, body: error.body, headers: limitInfo(org) };
  }
  const { code: errorCode = UNAVAILABLE.code, message = UNAVAILABLE.message } = fault;
  return { status: fault.status, body: [{ message, errorCode }] };
}

async function rest(ms: number, options: { ref?: boolean; signal: AbortSignal }): Promise<void> {
  try {
    await sleep(ms, undefined, options);
  } catch (error) {
    if (!options.signal.aborted) throw error;
  }
}

/** Whether the connection is to break now that the work is done. */
export function isDroppedAfter(faults: Faults, method: string, url: URL): boolean {
  return faults.takeForRequest(["drop-after-write"], `${method} ${url.pathname}`) !== undefined;
}
