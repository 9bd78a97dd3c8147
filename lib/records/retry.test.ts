import { sql } from "drizzle-orm";
import { Client } from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/testing/database";
import { countRetryable, retryAll, retryRecord } from "./retry";
import { openWorld, person, relay, sale, type World } from "./test-world";

const database = testDatabase();
let world: World;

const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;
const states = () =>
  rows(sql`
    select r.key, d.state, d.attempts, d.lane, d.due_at <= now() as due from record_direction d
    join record r on r.id = d.record_id order by r.key`);
const audit = () => rows(sql`select actor, action, subject from audit_log order by id`);

beforeEach(async () => {
  await database.db.execute(sql`truncate audit_log`);
  world = await openWorld(database.db);
  world.org.refuse = (row) =>
    row.key === "1" || row.key === "11" ? { code: "row_locked", sentence: "Locked." } : null;
});

describe("trying a record again", () => {
  it("makes it due now, as if never tried, in its lane, and notes who did it", async () => {
    await world.contacts(person("1"));
    await world.drain();
    const [before] = await states();
    expect(before).toMatchObject({ state: "retrying", attempts: 1, due: false });
    const id = await world.idOf("1");
    expect(await retryRecord(database.db, id, "ada@venue.example")).toEqual({
      outcome: "due",
      records: 1,
      running: false,
    });
    expect(await states()).toEqual([{ ...before, state: "pending", attempts: 0, due: true }]);
    expect(await audit()).toEqual([
      { actor: "ada@venue.example", action: "record tried again", subject: "contact 1" },
    ]);
  });

  it("writes it when the org takes it this time", async () => {
    await world.contacts(person("1"));
    await world.drain();
    world.org.refuse = () => null;
    await retryRecord(database.db, await world.idOf("1"), "ada");
    await world.drain();
    expect(await states()).toMatchObject([{ state: "idle" }]);
  });

  it("wakes the workers of its connection", async () => {
    await world.contacts(relay("3", "99"));
    await world.drain();
    const listener = new Client({ connectionString: database.url, application_name: "listener" });
    await listener.connect();
    try {
      await listener.query("listen work");
      const woken = new Promise((resolve) => listener.once("notification", (note) => resolve(note.payload)));
      await retryRecord(database.db, await world.idOf("3"), "ada");
      expect(await woken).toBe(String(world.connectionId));
    } finally {
      await listener.end();
    }
  });

  it("stands an order for its operations", async () => {
    await world.orders(sale(1, undefined, 3));
    await world.drain();
    const [order] = await rows(sql`select id from record where family = 'order'`);
    expect(await retryRecord(database.db, Number(order?.["id"]), "ada")).toMatchObject({ records: 1 });
  });

  it("says so when there is nothing to try, and notes nothing", async () => {
    await world.contacts(person("2"));
    await world.drain();
    const result = await retryRecord(database.db, await world.idOf("2"), "ada");
    expect(result).toMatchObject({ outcome: "nothing-to-try" });
    expect(await audit()).toEqual([]);
    expect(await retryRecord(database.db, 987654321, "ada")).toBeNull();
  });

  it("marks a record that a worker holds, and says that it is being written", async () => {
    await world.contacts(person("1"));
    await world.drain();
    await database.db.execute(sql`update record set lease_until = now() + interval '1 minute'`);
    expect(await retryRecord(database.db, await world.idOf("1"), "ada")).toEqual({
      outcome: "due",
      records: 1,
      running: true,
    });
  });
});

describe("trying all again", () => {
  beforeEach(async () => {
    await world.contacts(person("1"), person("2"), relay("3", "99"));
    await world.orders(sale(1, undefined, 3));
    await world.drain();
  });

  it("counts first, then makes exactly those due, behind live traffic", async () => {
    const filter = { connectionId: world.connectionId, state: "retrying" } as const;
    expect(await countRetryable(database.db, filter)).toBe(2);
    expect(await retryAll(database.db, filter, "ada")).toBe(2);
    expect((await states()).filter(({ state }) => state === "pending")).toMatchObject([
      { key: "1", lane: 2 },
      { key: "11", lane: 2 },
    ]);
    expect(await countRetryable(database.db, filter)).toBe(0);
  });

  it("keeps to the filter", async () => {
    const { connectionId } = world;
    expect(await retryAll(database.db, { connectionId, state: "retrying", stream: "orders-in" }, "ada")).toBe(
      1,
    );
    expect(await retryAll(database.db, { connectionId, state: "retrying", q: "edna" }, "ada")).toBe(1);
    expect(await audit()).toEqual([
      { actor: "ada", action: "records tried again", subject: "1 retrying, orders-in" },
      { actor: "ada", action: "records tried again", subject: "1 retrying, found by a search" },
    ]);
  });

  it("reaches operations through their orders", async () => {
    const filter = { connectionId: world.connectionId, state: "retrying", kind: "order" } as const;
    expect(await countRetryable(database.db, filter)).toBe(1);
    expect(await retryAll(database.db, filter, "ada")).toBe(1);
  });

  it("notes nothing when nothing matched", async () => {
    await retryAll(database.db, { connectionId: world.connectionId, state: "failed" }, "ada");
    expect(await audit()).toEqual([]);
  });
});
