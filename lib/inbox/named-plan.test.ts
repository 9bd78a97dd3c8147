/** What every worker asks once a second costs the same however much was named. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { pagesRead } from "@/testing/pages-read";
import { claimNamed, connectionsWithNamed } from "./named";

const database = testDatabase();
const few = 40;
let connectionId: number;

const run = (query: ReturnType<typeof sql>) => database.db.execute(query);
const read = () => pagesRead(database.db, connectionsWithNamed);
const dueIn = async (interval: string) => {
  await run(sql`update named set due_at = now() + ${interval}::interval`);
  await run(sql`vacuum analyze named`);
};

beforeAll(async () => {
  connectionId = await insertTestConnection(database.db);
  await run(sql`
    insert into named (connection_id, family, key) select ${connectionId}, 'contact', g from generate_series(1, 20000) g`);
});

it("of much that is due, the first is found", async () => {
  await dueIn("-1 hour");
  expect(await read()).toBeLessThan(few);
  expect(await connectionsWithNamed(database.db)).toEqual([connectionId]);
});

it("much that is due is passed over at once while its stream is paused, and what is not paused is found", async () => {
  await dueIn("-1 hour");
  await run(sql`
    insert into stream (connection_id, name, paused_at) values (${connectionId}, 'contacts-in', now())`);
  expect(await read()).toBeLessThan(few);
  expect(await connectionsWithNamed(database.db)).toEqual([]);
  await run(sql`insert into named (connection_id, family, key) values (${connectionId}, 'order', '7')`);
  expect(await connectionsWithNamed(database.db)).toEqual([connectionId]);
  expect(await claimNamed(database.db, connectionId)).toMatchObject({ family: "order", key: "7", tries: 1 });
  await run(sql`delete from named where family = 'order'`);
  await run(sql`delete from stream`);
});

it("what is asked for again later is not looked at before", async () => {
  await dueIn("1 hour");
  expect(await read()).toBeLessThan(few);
  expect(await connectionsWithNamed(database.db)).toEqual([]);
});
