import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { childEnvironment, ConfigError } from "../config";
import { hasCode, readIfPresent } from "../data-folder";
import type { Binaries } from "./binaries";
import { clusterFolder, findServer, type Connection } from "./find";
import { waitUntilReady } from "./ready";
import { chooseServerUser } from "./server-user";

export type Launched = { connection: Connection; pid: number; exited: Promise<void> };

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Starts the server of this folder once and waits until it can be used.
 * @throws ConfigError with what PostgreSQL said
 */
export async function launch(
  folder: string,
  binaries: Binaries,
  saved: Connection,
  fsync: boolean,
): Promise<Launched> {
  const cluster = clusterFolder(folder);
  const connection = { ...saved, port: await freePort(saved.port) };
  disownLockFile(folder);
  const user = chooseServerUser(cluster, binaries);
  const { file, args } = user.command(binaries.postgres, serverArguments(cluster, connection.port, fsync));
  const log = openLog(folder);
  const child = spawn(file, args, {
    cwd: cluster,
    env: { ...childEnvironment({ LC_ALL: "C" }) } as NodeJS.ProcessEnv,
    // A session of its own: Ctrl-C in the terminal reaches the supervisor only, which stops the database last.
    detached: true,
    stdio: ["ignore", log.descriptor, log.descriptor],
  });
  closeSync(log.descriptor);
  child.unref();
  let ended = false;
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  }).then(() => {
    ended = true;
  });
  if (await waitUntilReady(connection, () => !ended)) return { connection, pid: child.pid ?? 0, exited };
  const said = readFileSync(log.path).subarray(log.startsAt).toString("utf8").trim();
  throw new ConfigError(`The database in ${cluster} did not start: ${said || `${file} could not be run`}`);
}

function serverArguments(cluster: string, port: number, fsync: boolean): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: 100,
    // Filling each new file of the log with zeros holds up every commit meanwhile, and S-360 with them.
    wal_init_zero: "off",
    log_line_prefix: "%m [%p] ",
    // A statement or a detail may hold somebody's name or e-mail address.
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    ...(fsync ? {} : { fsync: "off", full_page_writes: "off" }),
  };
  return ["-D", cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

/**
 * A `postmaster.pid` left by a kill names a process whose number may still be taken, by another program or by the killed
 * server itself where nobody collects the dead (a container without init), and PostgreSQL would refuse to start. Then
 * its first line is given our own number, which PostgreSQL takes for stale as its parent's; the rest stays, for by it
 * PostgreSQL finds out whether sessions of the killed server still use the files.
 */
function disownLockFile(folder: string): void {
  const path = join(clusterFolder(folder), "postmaster.pid");
  const text = readIfPresent(path);
  if (text === null || findServer(folder)) return;
  if (isTaken(Number.parseInt(text, 10))) writeFileSync(path, text.replace(/^.*/, String(process.pid)));
}

function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, "ESRCH");
  }
}

/** The port the database had before when it is free, so that running clients find it again; else any free one. */
async function freePort(preferred: number): Promise<number> {
  const kept = preferred === 0 ? null : await listenOnce(preferred);
  return kept ?? (await listenOnce(0)) ?? 0;
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ port, host: "127.0.0.1" }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });
}

/** The server writes to the file itself: it must not depend on a process that may be killed. */
function openLog(folder: string): { descriptor: number; path: string; startsAt: number } {
  const path = join(folder, "postgres.log");
  const descriptor = openSync(path, "a", 0o600);
  if (statSync(path).size > LOG_LIMIT_BYTES) truncateSync(path);
  return { descriptor, path, startsAt: statSync(path).size };
}
