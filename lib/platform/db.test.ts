import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "@/testing/database";
import { isDatabaseAway, openDatabase, transact } from "./db";

const database = testDatabase();

const lock = sql`select pg_try_advisory_xact_lock(1, 2) as mine`;
const mine = async () => (await database.db.execute<{ mine: boolean }>(lock)).rows[0]?.mine;

test("a transaction of which nothing is heard is ended, and its locks are free", async () => {
  const { db, close } = openDatabase(database.url, { name: "silent", silentInTransactionMs: 100 });
  const silent = transact(db, async (tx) => {
    await tx.execute(lock);
    expect(await mine()).toBe(false);
    await expect.poll(mine, { timeout: 5_000 }).toBe(true);
    await tx.execute(sql`select 1`);
  });
  expect(await silent.catch(isDatabaseAway)).toBe(true);
  await close();
});

test("a minute is what a process may be silent for", async () => {
  const { db, close } = openDatabase(database.url, { name: "usual" });
  expect((await db.execute(sql`show idle_in_transaction_session_timeout`)).rows).toEqual([
    { idle_in_transaction_session_timeout: "1min" },
  ]);
  await close();
});
