import { setTimeout as sleep } from "node:timers/promises";

/** Resolves when the time is up, or as soon as the signal is aborted. */
export async function rest(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}
