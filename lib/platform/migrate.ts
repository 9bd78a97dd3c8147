import { readFileSync } from "node:fs";
import path from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import { Client } from "pg";

/** Any number: processes that start together take turns on it. */
const lockKey = 836_001;

/**
 * Brings a database to the current schema, and then to how its tables are kept on disk, which the schema's language cannot
 * say (drizzle/storage.sql; it may be run any number of times). Processes that start together take turns: the lock is held
 * by a transaction of its own, so that it also holds behind a pooler that lends connections by transaction.
 */
export async function migrate(
  databaseUrl: string,
  folder = path.resolve("drizzle/migrations"),
  storageFile = path.resolve("drizzle/storage.sql"),
): Promise<void> {
  const [guard, client] = [0, 1].map(
    () => new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 }),
  ) as [Client, Client];
  try {
    await guard.connect();
    await guard.query("begin");
    await guard.query("set local idle_in_transaction_session_timeout = 0");
    await guard.query("select pg_advisory_xact_lock($1)", [lockKey]);
    await client.connect();
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
    await client.query(readFileSync(storageFile, "utf8"));
  } finally {
    await Promise.all([guard.end(), client.end()]);
  }
}
