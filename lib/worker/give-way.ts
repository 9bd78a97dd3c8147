/**
 * S-360 waits for the web process and nobody for a worker: on a machine that has both, the web process comes first. So does what
 * the database does for it, where the database is on the same machine.
 */
import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import type { Pool } from "pg";
import { hasCode } from "@/lib/platform/data-folder";
import { describeError, type Logger } from "@/lib/platform/log";

/** From 0, which is usual, to 19: gets about a tenth of what one that does not give way gets, where both want all of it. */
export const niceness = 10;

/** Lets a process run after others that want the processor. Nothing depends on it: what stands in the way is logged. */
export function giveWay(pid: number, log: Logger): void {
  try {
    setPriority(pid, niceness);
    giveWayAsSession(pid);
  } catch (error) {
    log.debug({ pid, err: describeError(error) }, "does not give way");
  }
}

/**
 * Where processes do not belong to services, Linux shares the processor among sessions first, and only within one does it look
 * how nice a process is (sched(7), "The autogroup feature"). A session of the database is one of those.
 */
function giveWayAsSession(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness), { flag: "r+" });
  } catch (error) {
    // A system without that feature has no such file.
    if (!hasCode(error, "ENOENT")) throw error;
  }
}

/** The same for each connection that a pool opens from now on to a database on this machine. */
export function connectionsGiveWay(pool: Pool, log: Logger): void {
  pool.on("connect", (client) => {
    const { processID: pid } = client as { readonly processID?: unknown };
    if (typeof pid === "number") giveWay(pid, log);
  });
}
