import type { Pool } from "pg";
import { loadConfig, type Config } from "./config";
import { openDatabase, type Database, type OpenDatabase } from "./db";
import { keepOpen } from "./kept-open";
import { createLogger, type Logger } from "./log";
import { databaseUrl } from "./postgres/find";
import { openSecrets, type Secrets } from "./secrets-file";

export interface Runtime extends Pick<OpenDatabase, "db" | "pool" | "close"> {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly log: Logger;
}

/**
 * What every process of the product needs: settings, secrets, a log and a pool.
 * @throws ConfigError with a readable list of what is wrong
 */
export function openRuntime(name: string, queryTimeoutMs?: number): Runtime {
  const config = loadConfig();
  const { db, pool, close } = openDatabase(databaseUrl(config), { name: `s360-${name}`, queryTimeoutMs });
  return { config, secrets: openSecrets(config), log: createLogger(name, config.logLevel), db, pool, close };
}

/** The web process keeps connections of its own for webhooks: S-360 waits for no page's questions. */
export interface WebRuntime extends Runtime {
  readonly door: Database;
  readonly doorPool: Pool;
}

/** A database that hangs counts as away before S-360 gives up waiting for us (30 seconds, s360.md §8.10). */
export const answerWithinMs = 25_000;
/** Less than the above, so that a call that had no turn can be told so. */
const waitForTurnMs = 20_000;
/**
 * Opening a connection takes several times what storing a payload takes. So these are opened before they are needed and kept,
 * and a payload that finds all of them busy waits for one of them instead of for a new one.
 */
const doorConnections = 4;

const holder = globalThis as { s360WebRuntime?: WebRuntime };

/** The web process's own runtime, opened at the first request and kept across the bundles of its routes. */
export function webRuntime(): WebRuntime {
  return (holder.s360WebRuntime ??= openWebRuntime());
}

function openWebRuntime(): WebRuntime {
  const runtime = openRuntime("web", answerWithinMs);
  const door = openDatabase(databaseUrl(runtime.config), {
    name: "s360-webhooks",
    min: doorConnections,
    max: doorConnections,
    queryTimeoutMs: answerWithinMs,
    waitForTurnMs,
  });
  const letGo = keepOpen(door.pool);
  const close = async () => {
    letGo();
    await Promise.all([runtime.close(), door.close()]);
  };
  return { ...runtime, door: door.db, doorPool: door.pool, close };
}
