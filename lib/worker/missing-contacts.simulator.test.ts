/** Awaited contacts asked of the simulated S-360, with the connection as its file says. */
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterEach, beforeEach, expect, test } from "vitest";
import { receive } from "@/lib/inbox/receive";
import { readOrders } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { person, sale } from "@/lib/sync/test-world";
import { startS360Simulator, type S360Simulator } from "@/simulators/s360/server";
import { empty, testDatabase } from "@/testing/database";
import { askForMissing, connectionsWithMissing } from "./missing-contacts";
import { readerOpener } from "./open-deps";
import { connectVenue, keys, signingIn } from "./test-venue-connection";

const database = testDatabase();
const log = pino({ level: "silent" });
let s360: S360Simulator;

beforeEach(async () => {
  await empty(database.db);
  const settings = { pushTo: "http://127.0.0.1:9", scheduleSeconds: 0, trickleSeconds: 0 };
  s360 = await startS360Simulator({ settings });
  s360.simulator.put("contacts", { contactId: 10228300000001, ...person("0012345") });
});
afterEach(() => s360.close());

/** A connection for which sales of these contacts have waited for an hour. */
async function waiting(s360Settings: string, ...contacts: readonly string[]): Promise<number> {
  const connectionId = await connectVenue(database.db, s360.url, s360Settings);
  const items = readOrders(JSON.stringify(contacts.map((contact, index) => sale(index + 1, contact))));
  await receive(database.db, { connectionId, stream: "orders-in", direction: "in", items, portray });
  for (const [index, contact] of contacts.entries()) {
    await database.db.execute(sql`
      insert into record (connection_id, family, key) values (${connectionId}, 'contact', ${contact})`);
    await database.db.execute(sql`
      insert into waiting (record_id, awaited_id, since)
      select o.id, c.id, now() - interval '1 hour' + ${index} * interval '1 second' from record o, record c
      where o.key = ${String((index + 1) * 10)} and c.key = ${contact}`);
  }
  await database.db.execute(sql`
    update record_direction set state = 'waiting' where stream = 'orders-in'`);
  return connectionId;
}

const ask = (connectionId: number) =>
  askForMissing({ db: database.db, log, openReader: readerOpener(database.db, keys, log) }, connectionId);
const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;
const known = () =>
  rows(sql`select key, kind from record where family = 'contact' and s360_state is not null order by key`);
const block = async () => (await rows(sql`select system, fault ->> 'code' as code from block`))[0];

test("comes in though sending back is off: asking needs no more than operator, partner and secret", async () => {
  const connectionId = await waiting(signingIn, "0012345", "0099999");
  await ask(connectionId);
  expect(await known()).toEqual([{ key: "0012345", kind: "individual" }]);
  expect(await rows(sql`select count(*)::int as events from event where stream = 'contacts-in'`)).toEqual([
    { events: 1 },
  ]);
  const [unknown] = await rows(
    sql`select fault ->> 'sentence' as says from record_direction where fault is not null`,
  );
  expect(unknown?.["says"]).toContain("knows no such contact");
  expect(await connectionsWithMissing(database.db)).toEqual([]);
});

test("is not asked for where nothing is known to sign in with", async () => {
  const connectionId = await waiting("callsPerMinute: 60", "0012345");
  await ask(connectionId);
  expect(await known()).toEqual([]);
  expect(await block()).toBeUndefined();
});

test("waits while S-360 is away, and while the month's calls are used up", async () => {
  const connectionId = await waiting(`${signingIn}, callsPerMonth: 1`, "0012345", "0012346");
  await s360.close();
  await ask(connectionId);
  expect(await block()).toEqual({ system: "s360", code: "s360_unreachable" });
  expect(await connectionsWithMissing(database.db)).toEqual([]);
  await database.db.execute(sql`update block set until = now()`);
  await database.db.execute(sql`update waiting set look_at = look_at - interval '5 minutes'`);
  await ask(connectionId);
  expect(await block()).toEqual({ system: "s360", code: "s360_quota" });
  expect(await rows(sql`select tries from missing_contact`)).toEqual([{ tries: 0 }]);
});
