/**
 * S-360 waits for the web process and nobody for a worker: on a machine that has both, the web process comes first. So does what
 * the database does for it, where the database is on the same machine.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { hasCode } from "@/lib/platform/data-folder";
import { describeError, type Logger } from "@/lib/platform/log";

/** From 0, which is usual, to 19: gets about a tenth of what one that does not give way gets, where both want all of it. */
export const niceness = 10;

/**
 * Lets a process run after others that want the processor, all that it does at once. Nothing depends on it: what stands in the
 * way is logged.
 */
export async function giveWay(pid: number, log: Logger): Promise<void> {
  try {
    for (const thread of threadsOf(pid)) setPriority(thread, niceness);
    await sessionGivesWay(() => writeFileSync(`/proc/${pid}/autogroup`, String(niceness), { flag: "r+" }));
  } catch (error) {
    log.debug({ pid, err: describeError(error) }, "does not give way");
  }
}

/** To Linux each thread is as nice as it was made; elsewhere a process is as a whole. */
function threadsOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
    return [pid];
  }
}

const triesAtMost = 40;

/**
 * Where processes do not belong to services, Linux shares the processor among sessions first, and only within one does it look
 * how nice a process is (sched(7), "The autogroup feature"). A session of the database is one of those. Of whoever is not root
 * it hears that once in 100 ms, all processes together, and answers EAGAIN meanwhile.
 */
export async function sessionGivesWay(write: () => void): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return void write();
    } catch (error) {
      // A system without that feature has no such file.
      if (hasCode(error, "ENOENT")) return;
      if (!hasCode(error, "EAGAIN") || tries === triesAtMost) throw error;
    }
    await sleep(100 + Math.random() * 100, undefined, { ref: false });
  }
}

/** The same for each connection that a pool opens from now on to a database on this machine. */
export function connectionsGiveWay(pool: Pool, log: Logger): void {
  pool.on("connect", (client) => {
    const { processID: pid } = client as { readonly processID?: unknown };
    if (typeof pid === "number") void giveWay(pid, log);
  });
}
