import { setTimeout as sleep } from "node:timers/promises";
import { hasCode } from "../data-folder";
import { commandLineOf, clusterFolder, findServer } from "./find";

const FAST_STOP_MS = 15_000;
const IMMEDIATE_STOP_MS = 5_000;

/** Stops the server that runs in this folder, if any. */
export async function stopEmbeddedPostgres(folder: string): Promise<void> {
  const server = findServer(folder);
  if (server) await stopServer(folder, server.pid);
}

/**
 * SIGINT: end all sessions, write everything, leave ("fast"). SIGQUIT, when that takes too long: leave at once; the next
 * start recovers from the write-ahead log. (PostgreSQL manual, "Shutting Down the Server".)
 * @throws Error when the server is still there after both
 */
export async function stopServer(folder: string, pid: number): Promise<void> {
  for (const [signal, waitMs] of [
    ["SIGINT", FAST_STOP_MS],
    ["SIGQUIT", IMMEDIATE_STOP_MS],
  ] as const) {
    if (!send(folder, pid, signal)) return;
    const deadline = Date.now() + waitMs;
    while (Date.now() < deadline) {
      if (!isServer(folder, pid)) return;
      await sleep(30);
    }
  }
  throw new Error(`The database (process ${pid}) does not stop.`);
}

function isServer(folder: string, pid: number): boolean {
  return commandLineOf(pid).includes(clusterFolder(folder));
}

function send(folder: string, pid: number, signal: NodeJS.Signals): boolean {
  if (!isServer(folder, pid)) return false;
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (hasCode(error, "ESRCH")) return false;
    throw error;
  }
}
