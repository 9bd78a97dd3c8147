import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ConfigError } from "../config";
import { writePrivateFile } from "../data-folder";
import { findBinaries, type Binaries } from "./binaries";
import { ensureCluster } from "./create-cluster";
import { connectionFile, findServer, readConnection, urlOf, type Connection } from "./find";
import { launch, type Launched } from "./launch";
import { waitUntilReady } from "./ready";
import { stopServer } from "./stop";

export type EmbeddedPostgres = {
  url: string;
  pid: number;
  /** Resolves when the server has ended, whoever ended it. */
  exited: Promise<void>;
  /** Ends all connections and waits until the server is gone. */
  stop(): Promise<void>;
};

export type StartOptions = {
  /** Belongs to the database alone; made when missing. */
  folder: string;
  log: { info(details: object, message: string): void };
  /** `false` for tests only: faster, but a power cut destroys the data. */
  fsync?: boolean;
};

const START_TRIES = 30;
const RETRY_DELAY_MS = 500;

/**
 * Starts the PostgreSQL that npm installed, reachable from this machine only, with a database `connector`; or takes over
 * the one that is still running in this folder. It outlives the process that started it until `stop` is called.
 * @throws ConfigError with a sentence on what to do when it cannot start
 */
export async function startEmbeddedPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  const { log, fsync = true } = options;
  const folder = resolve(options.folder);
  const running = await takeOver(folder);
  if (running) {
    log.info({ pid: running.pid }, "using the database that is already running");
    return embedded(folder, running);
  }
  const binaries = findBinaries();
  ensureCluster(folder, binaries, fsync);
  const launched = await launchWithRetries(folder, binaries, fsync);
  writePrivateFile(connectionFile(folder), JSON.stringify(launched.connection));
  log.info({ pid: launched.pid, port: launched.connection.port }, "database started");
  return embedded(folder, launched);
}

function embedded(folder: string, { connection, pid, exited }: Launched): EmbeddedPostgres {
  return { url: urlOf(connection), pid, exited, stop: () => stopServer(folder, pid) };
}

async function takeOver(folder: string): Promise<Launched | null> {
  const server = findServer(folder);
  const saved = readConnection(folder);
  if (!server || !saved) return null;
  const connection: Connection = { ...saved, port: server.port };
  const isAlive = () => findServer(folder)?.pid === server.pid;
  if (!(await waitUntilReady(connection, isAlive))) return null;
  return { connection, pid: server.pid, exited: pollForEnd(isAlive) };
}

/**
 * Right after a kill the sessions of the killed server may live on for a moment, and PostgreSQL rightly refuses to start
 * beside them; somebody may take the free port before PostgreSQL does. Both pass.
 */
async function launchWithRetries(folder: string, binaries: Binaries, fsync: boolean): Promise<Launched> {
  for (let tries = START_TRIES; ; tries--) {
    const saved = readConnection(folder);
    if (!saved) throw new ConfigError(`${connectionFile(folder)} is missing.`);
    try {
      return await launch(folder, binaries, saved, fsync);
    } catch (error) {
      const passes =
        error instanceof ConfigError && /still in use|could not bind|TCP\/IP sockets/.test(error.message);
      if (!passes || tries <= 1) throw error;
      await sleep(RETRY_DELAY_MS);
    }
  }
}

/** For a server that is not our child. */
async function pollForEnd(isAlive: () => boolean): Promise<void> {
  while (isAlive()) await sleep(500, undefined, { ref: false });
}
