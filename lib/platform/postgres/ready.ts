import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { ConfigError } from "../config";
import { DATABASE, urlOf, type Connection } from "./find";

const READY_TIMEOUT_MS = 120_000;
const RETRY_DELAY_MS = 50;

/**
 * Waits until the server takes connections, and makes the database `connector` in it. Recovery after a kill can take a
 * while. Returns false when the server ended meanwhile.
 * @throws ConfigError when it lives but refuses us, or takes too long
 */
export async function waitUntilReady(connection: Connection, isAlive: () => boolean): Promise<boolean> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (isAlive()) {
    const error = await tryOnce(connection);
    if (error === null) return true;
    if (!isPassing(error) || Date.now() > deadline) {
      throw new ConfigError(
        `The database on port ${connection.port} runs but cannot be used: ${error.message}`,
      );
    }
    await sleep(RETRY_DELAY_MS);
  }
  return false;
}

async function tryOnce(connection: Connection): Promise<Error | null> {
  const client = new Client({
    connectionString: urlOf(connection, "postgres"),
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await client.end();
  }
}

/** Not listening yet, recovering (57P03), somebody else made the database just now (42P04), or cut off by an end. */
function isPassing(error: Error): boolean {
  const code = "code" in error ? String(error.code) : "";
  return (
    ["ECONNREFUSED", "ECONNRESET", "57P01", "57P03", "42P04"].includes(code) ||
    /terminated/.test(error.message)
  );
}
