import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, inject } from "vitest";
import { openDatabase, type Database, type OpenDatabase } from "@/lib/platform/db";
import { addressOf, administer, TEMPLATE, testServer } from "./server";

export type TestDatabase = {
  /** Where it is, for code under test that opens its own connections. Usable inside hooks and tests. */
  readonly url: string;
  /** A client of the test itself, closed at the end. Usable inside hooks and tests. */
  readonly db: Database;
};

const LEAK_PATIENCE_MS = 2_000;

/**
 * A PostgreSQL database of its own for this test file (or `describe` block), with all migrations applied and no rows.
 * Call it once at the top. It is dropped at the end; connections the file left open by then fail the file.
 */
export function testDatabase(): TestDatabase {
  const name = `test_${randomBytes(6).toString("hex")}`;
  let server: string;
  let opened: OpenDatabase | undefined;

  beforeAll(async () => {
    server = await testServer(inject("runFolder"));
    await administer(server, `create database ${name} template ${TEMPLATE}`);
    opened = openDatabase(addressOf(server, name), { name: "test", max: 5 });
  });

  afterAll(async () => {
    await opened?.close();
    if (!opened) return;
    const leaked = await connectionsLeft(server, name);
    await administer(server, `drop database ${name} with (force)`);
    if (leaked.length > 0) throw new Error(`Connections were left open by: ${leaked.join(", ")}.`);
  });

  return {
    get url() {
      return addressOf(server, name);
    },
    get db() {
      if (!opened)
        throw new Error("The test database exists from beforeAll on, not while the file is loaded.");
      return opened.db;
    },
  };
}

/** Takes all rows away. What the test before left running may hold locks a moment longer: then it is tried again. */
export async function empty(db: Database): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await db.execute(sql`truncate connection cascade`);
      return;
    } catch (error) {
      const isDeadlock = (error as { cause?: { code?: string } }).cause?.code === "40P01";
      if (!isDeadlock || tries === 5) throw error;
    }
  }
}

/** The server notices a closed connection a moment later than the client closed it. */
async function connectionsLeft(server: string, database: string): Promise<string[]> {
  const statement = `
    select coalesce(nullif(application_name, ''), 'a connection without name') as name from pg_stat_activity
    where datname = $1 and backend_type = 'client backend'`;
  const deadline = Date.now() + LEAK_PATIENCE_MS;
  for (;;) {
    const left = await administer<{ name: string }>(server, statement, [database]);
    if (left.length === 0 || Date.now() > deadline) return left.map((row) => row.name);
    await sleep(30);
  }
}
