/** What an import asks at every turn costs the same however much it brought. */
import { sql } from "drizzle-orm";
import { beforeEach, expect, it } from "vitest";
import { lanes } from "@/lib/core/words";
import { insertTestConnection } from "@/testing/connection";
import { empty, testDatabase } from "@/testing/database";
import { pagesRead } from "@/testing/pages-read";
import { hasCome, leftOf, noteEnds } from "./slices";

const database = testDatabase();
const many = 12_000;
const quietMinutes = 31;
const few = 20;
const run = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;

let connectionId: number;
let importId: number;

/** An import that brought contacts an hour ago. */
beforeEach(async () => {
  await empty(database.db);
  connectionId = await insertTestConnection(database.db);
  const [{ id } = {}] = await run(sql`
    insert into import_run (connection_id, stream, since, canary, canary_step, started_by)
    values (${connectionId}, 'contacts-in', '2020-01-01', 0, 0, 'ada@example.org') returning id`);
  importId = Number(id);
  await run(sql`
    with made as (
      insert into record (connection_id, family, key)
      select ${connectionId}, 'contact', g from generate_series(1, ${many}::int) g returning id),
    standing as (
      insert into record_direction (record_id, direction, connection_id, stream, version, state, lane)
      select id, 'in', ${connectionId}, 'contacts-in', 1, 'idle', ${lanes.backfill} from made)
    insert into import_record (import_id, record_id, counted, written, arrived_at)
    select ${importId}, id, true, true, now() - interval '1 hour' from made`);
});
const settleDown = () => run(sql`vacuum analyze import_record, record_direction`);

it("all that came is counted once after the latest has come, however long the rest is waited for", async () => {
  await settleDown();
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

it("what is left is told without looking at what is through, or in the hands of Bulk jobs", async () => {
  await run(sql`update import_record set released_at = now(), ended_as = 'written'`);
  await run(sql`
    update import_record set released_at = null, ended_as = null where record_id = (select max(record_id) from import_record)`);
  await run(sql`update record_direction set state = 'pending', due_at = now() + interval '8 days'`);
  await settleDown();
  const left = (db = database.db) => leftOf(db, { id: importId, connectionId, stream: "contacts-in" }, 5_001);
  expect(await left()).toEqual({ due: 0, isGoing: false, isHeld: true, released: 0 });
  expect(await pagesRead(database.db, left)).toBeLessThan(few);
});

it("of many that are on their way, how they ended is looked at once in five seconds by all workers", async () => {
  const ended = async () =>
    (await run(sql`select count(*)::int as count from import_record where ended_as is not null`))[0]?.[
      "count"
    ];
  const endsOf = (count: number) =>
    run(sql`
      update record_direction set state = 'idle' where record_id in (
        select record_id from import_record where ended_as is null order by record_id limit ${count})`);
  await run(sql`update import_record set released_at = now()`);
  await run(sql`update record_direction set state = 'pending'`);
  await endsOf(100);
  await noteEnds(database.db, importId);
  expect(await ended()).toBe(100);
  await endsOf(many - 1_000);
  await noteEnds(database.db, importId);
  expect(await ended()).toBe(100);
  await run(sql`update import_run set noted_at = noted_at - interval '6 seconds'`);
  await noteEnds(database.db, importId);
  expect(await ended()).toBe(many - 900);
  // The last ones are few, and noted at once.
  await endsOf(900);
  await noteEnds(database.db, importId);
  expect(await ended()).toBe(many);
});
