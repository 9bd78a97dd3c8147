import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { insertTestConnection } from "@/testing/connection";
import { empty, testDatabase } from "@/testing/database";
import { pagesRead } from "@/testing/pages-read";
import { claimMissing, connectionsWithMissing, sharesUsedUp } from "./missing";

const database = testDatabase();
const waiters = 8_000;
const last = String(waiters);

beforeEach(() => empty(database.db));

async function storeWaiters({
  institution,
  from = 1,
}: { institution?: string; from?: number } = {}): Promise<number> {
  const id = await insertTestConnection(database.db, institution);
  const run = (query: ReturnType<typeof sql>) => database.db.execute(query);
  await run(sql`
    insert into record (connection_id, family, key, s360_state)
    select ${id}, family, g::text, case family when 'operation' then '{}'::jsonb end
    from generate_series(${from}::int, ${waiters}::int) g, (values ('contact'), ('operation')) as f (family)`);
  await run(sql`
    insert into record_direction (record_id, direction, connection_id, stream, version, state, lane)
    select id, 'in', ${id}, 'orders-in', 1, 'waiting', 0 from record
    where connection_id = ${id} and family = 'operation'`);
  // Joined by its key once the database knows how many there are: before that it compares each with each.
  await run(sql`analyze record`);
  await run(sql`
    insert into waiting (record_id, awaited_id, since)
    select o.id, c.id, now() - interval '2 hours' + o.key::int * interval '1 millisecond'
    from record o join record c on c.connection_id = o.connection_id and c.key = o.key and c.family = 'contact'
    where o.connection_id = ${id} and o.family = 'operation'`);
  await run(sql`analyze`);
  return id;
}

/** Rows that the database has read of the tables that say who waits for whom. */
async function rowsRead(): Promise<number> {
  return database.db.transaction(async (tx) => {
    await tx.execute(sql`select pg_stat_clear_snapshot()`);
    const rows = await tx.execute<{ read: number }>(sql`
      select sum(seq_tup_read + idx_tup_fetch)::int as read from pg_stat_user_tables
      where relname in ('waiting', 'record', 'record_direction')`);
    return rows.rows[0]?.read ?? 0;
  });
}

test("of many that wait, the oldest are found without reading the others", async () => {
  const id = await storeWaiters();
  const flush = () => database.db.execute(sql`select pg_stat_force_next_flush()`);
  await flush();
  const before = await rowsRead();
  expect(await connectionsWithMissing(database.db)).toEqual([id]);
  expect(await claimMissing(database.db, id)).toMatchObject({ key: "1", tries: 1 });
  await database.db.execute(sql`update missing_contact set asking_until = null`);
  expect(await claimMissing(database.db, id)).toMatchObject({ key: "2", tries: 1 });
  await flush();
  expect((await rowsRead()) - before).toBeLessThan(200);
});

describe("of many that S-360 is not asked for, none is read past every time:", () => {
  const run = (query: ReturnType<typeof sql>) => database.db.execute(query);
  const few = 100;
  const orderOf = (key: string) => sql`
    (select o.id from record o where o.family = 'operation' and o.key = ${key})`;

  test.each([
    ["what an import brought", sql`update record_direction set lane = 3`],
    [
      "what waits for contacts that came and are not in Salesforce",
      sql`
      update record set s360_state = '{}' where family = 'contact'`,
    ],
    ["what has not waited for long", sql`update waiting set since = now()`],
    [
      "what waits for contacts that were asked for in vain",
      sql`
      insert into missing_contact (record_id, connection_id, tries, due_at)
      select id, connection_id, 8, 'infinity' from record where family = 'contact'`,
    ],
    [
      "what was written without its contact and is asked for no more",
      sql`
      with written as (update record_direction set state = 'idle')
      insert into missing_contact (record_id, connection_id, tries, due_at)
      select id, connection_id, 8, 'infinity' from record where family = 'contact'`,
    ],
  ])("%s", async (_, change) => {
    const id = await storeWaiters();
    await run(change);
    // As many a time as hold nobody up.
    for (let turn = 0; turn < 4; turn++) expect(await connectionsWithMissing(database.db)).toEqual([]);
    await run(sql`vacuum analyze waiting`);
    expect(await pagesRead(database.db, connectionsWithMissing)).toBeLessThan(few);
    // One behind them is found all the same.
    await run(
      sql`update record_direction set lane = 0, state = 'waiting' where record_id = ${orderOf(last)}`,
    );
    await run(
      sql`delete from missing_contact where record_id = (select id from record where family = 'contact' and key = ${last})`,
    );
    await run(sql`update record set s360_state = null where family = 'contact' and key = ${last}`);
    await run(sql`
      update waiting set look_at = now(), since = now() - interval '2 hours' where record_id = ${orderOf(last)}`);
    expect(await pagesRead(database.db, connectionsWithMissing)).toBeLessThan(few);
    expect(await claimMissing(database.db, id)).toMatchObject({ key: last });
  });
});

describe("of many that S-360 may not be asked for now, none is read past every time:", () => {
  const run = (query: ReturnType<typeof sql>) => database.db.execute(query);
  const few = 100;
  const shareOf = (id: number) => sql`
    insert into api_usage (connection_id, system, day, calls)
    values (${id}, 's360-missing', to_char(now() at time zone 'utc', 'YYYY-MM-DD'), 10000)`;

  test.each([
    ["whose connection has used up its share", shareOf, () => sql`delete from api_usage`, "60 minutes"],
    [
      "whose connection is paused",
      (id: number) =>
        sql`insert into stream (connection_id, name, paused_at) values (${id}, 'contacts-in', now())`,
      () => sql`update stream set paused_at = null`,
      "5 minutes",
    ],
    [
      "whose connection waits for S-360",
      (id: number) => sql`
        insert into block (connection_id, system, until, fault) values (${id}, 's360', now() + interval '9 hours', '{}')`,
      () => sql`delete from block`,
      "5 minutes",
    ],
  ])("%s", async (_, close, open, later) => {
    const closed = await storeWaiters({ from: waiters - 2_000 });
    await run(close(closed));
    const other = await storeWaiters({ institution: "theirs", from: waiters });
    await connectionsWithMissing(database.db);
    await run(sql`vacuum analyze waiting`);
    expect(await pagesRead(database.db, connectionsWithMissing)).toBeLessThan(few);
    expect(await connectionsWithMissing(database.db)).toEqual([other]);
    expect(await claimMissing(database.db, other)).toMatchObject({ key: last });
    // It is looked at again in time, and may be asked for then.
    await run(open());
    await run(sql`update waiting set look_at = look_at - ${later}::interval`);
    expect(await connectionsWithMissing(database.db)).toEqual([closed]);
  });

  test("that is told all the same of those that are put off for the share", async () => {
    const id = await storeWaiters({ from: waiters - 2_000 });
    await run(shareOf(id));
    expect(await connectionsWithMissing(database.db)).toEqual([]);
    expect((await run(sql`select from waiting where look_at <= now()`)).rows).toEqual([]);
    expect((await run(sharesUsedUp)).rows).toMatchObject([{ connection_id: String(id) }]);
  });
});
