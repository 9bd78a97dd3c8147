import { loadConfig, type Config } from "./config";
import { openDatabase, type OpenDatabase } from "./db";
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

/** A database that hangs counts as away before S-360 gives up waiting for us (30 seconds, s360.md §8.10). */
const answerWithinMs = 25_000;

const holder = globalThis as { s360WebRuntime?: Runtime };

/** The web process's own runtime, opened at the first request and kept across the bundles of its routes. */
export function webRuntime(): Runtime {
  return (holder.s360WebRuntime ??= openRuntime("web", answerWithinMs));
}
