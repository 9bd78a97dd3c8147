/** An approved import keeps several Bulk jobs going: while the org works on some, the next one is filled. */
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { lanes } from "@/lib/core/words";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { turnImports } from "./turn";

const database = testDatabase();
const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;

async function startWith(records: number): Promise<number> {
  const connectionId = await insertTestConnection(database.db);
  await rows(sql`
    with run as (
      insert into import_run (connection_id, stream, since, canary, canary_step, started_by, approved_at)
      values (${connectionId}, 'contacts-in', '2020-01-01', 0, 0, 'ada@example.org', now()) returning id),
    made as (
      insert into record (connection_id, family, key)
      select ${connectionId}, 'contact', g from generate_series(1, ${records}::int) g returning id),
    standing as (
      insert into record_direction (record_id, direction, connection_id, stream, version, state, lane)
      select id, 'in', ${connectionId}, 'contacts-in', 1, 'held', ${lanes.backfill} from made)
    insert into import_record (import_id, record_id, counted, written) select run.id, made.id, true, true from run, made`);
  await rows(sql`analyze`);
  return connectionId;
}

/** The records that were let out go into a job. */
async function fill(connectionId: number): Promise<void> {
  await rows(sql`
    insert into bulk_job (connection_id, stream, lane, target, knowledge, state)
    values (${connectionId}, 'contacts-in', ${lanes.backfill}, '{"object": "Account"}', '{}', 'loading')`);
  await rows(sql`update record_direction set due_at = now() + interval '8 days' where state = 'pending'`);
}

async function letOut(): Promise<number> {
  await turnImports(database.db);
  const [{ count } = {}] = await rows(
    sql`select count(*)::int as count from import_record where released_at is not null`,
  );
  return Number(count);
}

it("three at most, and the next when one of them has ended", async () => {
  const connectionId = await startWith(35_000);
  expect(await letOut()).toBe(10_000);
  // Those that are not in a job yet are enough for now.
  expect(await letOut()).toBe(10_000);
  await fill(connectionId);
  expect(await letOut()).toBe(20_000);
  await fill(connectionId);
  expect(await letOut()).toBe(30_000);
  await fill(connectionId);
  expect(await letOut()).toBe(30_000);
  await rows(sql`delete from bulk_job where id = (select min(id) from bulk_job)`);
  expect(await letOut()).toBe(35_000);
});
