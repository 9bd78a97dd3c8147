/** Turns of the event loop, shared by all work of the process that may hold it for long. */
import { setImmediate as nextTurn } from "node:timers/promises";

let last: Promise<void> = Promise.resolve();

/**
 * Waits for a turn of the event loop that no other caller has: however many work at once, requests wait for one slice of
 * one of them at a time.
 */
export function ownTurn(): Promise<void> {
  last = last.then(() => nextTurn());
  return last;
}

/** Milliseconds the processor has worked for this process: what the machine does besides is not among them. */
export function workedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Takes its own turns, and knows how long the processor has worked between them. */
export class OwnWork {
  private before = 0;
  private since = workedMs();

  readonly breathe = async (): Promise<void> => {
    this.before = this.doneMs();
    await ownTurn();
    this.since = workedMs();
  };

  doneMs(): number {
    return this.before + workedMs() - this.since;
  }
}

/** How long others of the process may have to wait (lib/core/mapping/expression/limits.ts has the same for one expression). */
const turnMs = 5;

/** Takes a turn of its own whenever the process was held for a while since the last one. */
export function breather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < turnMs) return;
    await ownTurn();
    since = performance.now();
  };
}
