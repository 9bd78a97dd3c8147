import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { hasCode, readIfPresent, writePrivateFile } from "@/lib/platform/data-folder";
import { migrate } from "@/lib/platform/migrate";
import { startEmbeddedPostgres } from "@/lib/platform/postgres/start";

export const TEMPLATE = "connector_template";

type Outcome = { url: string } | { failure: string };

/**
 * The database server of this test run, with a migrated template database. The first test file that asks starts it; the
 * others, in other processes, wait for it. Runs that need no database pay nothing.
 * @returns the address of the server's maintenance database
 */
export async function testServer(runFolder: string): Promise<string> {
  const outcomeFile = join(runFolder, "server.json");
  if (isFirst(join(runFolder, "server.lock"))) {
    const outcome = await startWithTemplate(runFolder).catch((error: unknown) => ({
      failure: String(error),
    }));
    writePrivateFile(outcomeFile, JSON.stringify(outcome));
  }
  for (;;) {
    const text = readIfPresent(outcomeFile);
    if (text !== null) return urlOrThrow(JSON.parse(text) as Outcome);
    await sleep(30);
  }
}

/** The same server, another database. */
export function addressOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs one statement on a connection of its own. */
export async function administer<Row>(
  url: string,
  statement: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

async function startWithTemplate(runFolder: string): Promise<Outcome> {
  const log = { info: () => undefined };
  const server = await startEmbeddedPostgres({ folder: join(runFolder, "postgres"), log, fsync: false });
  // Tests vacuum where they count what PostgreSQL reads: beside an autovacuum theirs would leave the old rows where they are.
  await administer(server.url, "alter system set autovacuum = off");
  await administer(server.url, "select pg_reload_conf()");
  await administer(server.url, `create database ${TEMPLATE}`);
  await migrate(addressOf(server.url, TEMPLATE));
  return { url: server.url };
}

function urlOrThrow(outcome: Outcome): string {
  if ("url" in outcome) return outcome.url;
  throw new Error(`The test database could not be prepared. ${outcome.failure}`);
}

function isFirst(lock: string): boolean {
  try {
    closeSync(openSync(lock, "wx"));
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}
