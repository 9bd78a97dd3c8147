/** What an import asks at every turn costs the same however much it brought. */
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { pagesRead } from "@/testing/pages-read";
import { hasCome } from "./slices";

const database = testDatabase();
const many = 20_000;
const quietMinutes = 31;
const few = 20;
const run = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;

it("all that came is counted once after the latest has come, however long the rest is waited for", async () => {
  const connectionId = await insertTestConnection(database.db);
  const [{ id } = {}] = await run(sql`
    insert into import_run (connection_id, stream, since, canary, canary_step, started_by)
    values (${connectionId}, 'contacts-in', '2020-01-01', 0, 0, 'ada@example.org') returning id`);
  const importId = Number(id);
  await run(sql`
    with made as (
      insert into record (connection_id, family, key)
      select ${connectionId}, 'contact', g from generate_series(1, ${many}::int) g returning id)
    insert into import_record (import_id, record_id, counted, written, arrived_at)
    select ${importId}, id, true, true, now() - interval '1 hour' from made`);
  await run(sql`vacuum analyze import_record`);
  const come = (db = database.db) => hasCome(db, importId, many + 1, quietMinutes);
  expect(await come()).toBe(false);
  expect(await pagesRead(database.db, come)).toBeLessThan(few);

  await run(sql`
    with made as (
      insert into record (connection_id, family, key) values (${connectionId}, 'contact', 'last') returning id)
    insert into import_record (import_id, record_id, counted, written) select ${importId}, id, true, true from made`);
  expect(await come()).toBe(false);
  await run(sql`update import_record set arrived_at = arrived_at - interval '32 minutes'`);
  expect(await come()).toBe(true);
});
