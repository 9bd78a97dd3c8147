import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { testDatabase } from "@/testing/database";
import { migrate } from "./migrate";

const database = testDatabase();

it("keeps rows that change often with room beside them, and touches nothing that is so already", async () => {
  const storage = async () => {
    const { rows } = await database.db.execute(sql`
      select relname as name, reloptions as options from pg_class where reloptions is not null and relkind = 'r' order by 1`);
    return rows;
  };
  const wanted = [
    { name: "event_record", options: ["fillfactor=85"] },
    { name: "link", options: ["fillfactor=70"] },
    { name: "record", options: ["fillfactor=50"] },
    { name: "record_direction", options: ["fillfactor=70"] },
  ];
  expect(await storage()).toEqual(wanted);
  await database.db.execute(sql`alter table link set (fillfactor = 100)`);
  await migrate(database.url);
  expect(await storage()).toEqual(wanted);
});

it("gathers no statistics of what nothing looks for", async () => {
  const { rows } = await database.db.execute(sql`
    select attrelid::regclass || '.' || attname as name from pg_attribute
    where attstattarget = 0 and attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace) order by 1`);
  expect(rows.map(({ name }) => name)).toEqual([
    "attempt.after",
    "attempt.before",
    "event.raw",
    "link.base",
    "link.stored",
  ]);
});

it("waits for nobody who is at work on the tables", async () => {
  await database.db.transaction(async (tx) => {
    await tx.execute(
      sql`lock table record, record_direction, link, event_record, payload in row exclusive mode`,
    );
    await migrate(database.url);
  });
});
