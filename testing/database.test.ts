import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { testDatabase } from "./database";
import { administer } from "./server";

const database = testDatabase();

test("a test file gets a database with the migrations applied", async () => {
  const { rows } = await database.db.execute(
    sql`select count(*)::int as n from pg_tables where schemaname = 'public'`,
  );
  expect(rows[0]?.n).toBeGreaterThan(0);
});

test("code under test reaches the same database by its address", async () => {
  await database.db.execute(sql`create table seen (n int)`);
  expect(await administer(database.url, "select * from seen")).toEqual([]);
});
