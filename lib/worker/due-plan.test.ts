/** What every worker asks once a second costs the same however much waits for its time, or for calls. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { lanes } from "@/lib/core/words";
import { largeBacklogs } from "@/lib/sync/bulk/backlog";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { pagesRead } from "@/testing/pages-read";
import { dueWork } from "./due";

const database = testDatabase();
/** Some for each of the lanes of each of the streams. */
const few = 100;
let connectionId: number;

const run = (query: ReturnType<typeof sql>) => database.db.execute(query);
const read = () => pagesRead(database.db, dueWork);
const allAre = async (change: ReturnType<typeof sql>) => {
  await run(sql`update record_direction set ${change}`);
  await run(sql`vacuum analyze record_direction`);
};

beforeAll(async () => {
  connectionId = await insertTestConnection(database.db);
  await run(sql`
    insert into stream (connection_id, name) select ${connectionId}, name
    from (values ('contacts-in'), ('orders-in'), ('contacts-out')) as s (name)`);
  await run(sql`
    insert into record (connection_id, family, key, kind)
    select ${connectionId}, 'contact', g, 'individual' from generate_series(1, 20000) g`);
  await run(sql`
    insert into record_direction (record_id, direction, connection_id, stream, version, state, lane)
    select id, 'in', ${connectionId}, 'contacts-in', 1, 'pending', ${lanes.backfill} from record`);
});

it("of a backlog the first record is enough", async () => {
  await allAre(sql`due_at = now() - interval '1 minute'`);
  expect(await read()).toBeLessThan(few);
  expect(await dueWork(database.db)).toEqual([{ connectionId, direction: "in" }]);
});

it("what is in Bulk jobs, or is tried again later, is not looked at", async () => {
  await allAre(sql`due_at = now() + interval '8 days'`);
  expect(await read()).toBeLessThan(few);
  expect(await dueWork(database.db)).toEqual([]);
});

it("what waits for calls is no work, and is not counted to find large backlogs of others", async () => {
  await allAre(sql`due_at = now() - interval '1 minute'`);
  await run(sql`
    update connection set settings = jsonb_set(settings, '{salesforce,dailyCalls}', '100')`);
  await run(sql`
    insert into call_hour (connection_id, hour, lane, calls)
    values (${connectionId}, date_trunc('hour', now(), 'UTC'), ${lanes.backfill}, 65)`);
  const fresh = new Proxy(database.db, {});
  expect(await dueWork(fresh)).toEqual([]);
  await allAre(sql`lane = ${lanes.liveContacts} where record_id = (select min(id) from record)`);
  expect(await dueWork(fresh)).toEqual([{ connectionId, direction: "in" }]);
  const open = [lanes.liveOrders, lanes.liveContacts, lanes.replay];
  expect(await pagesRead(database.db, (db) => largeBacklogs(db, connectionId, 2_000, open))).toBeLessThan(
    few,
  );
});

it("a large backlog is told of in the lanes that something is taken of", async () => {
  await allAre(sql`lane = ${lanes.backfill}`);
  expect(await largeBacklogs(database.db, connectionId, 2_000, [lanes.replay])).toEqual(new Set());
  expect(await largeBacklogs(database.db, connectionId, 2_000, [lanes.backfill])).toEqual(
    new Set([`${lanes.backfill} individual`]),
  );
});
