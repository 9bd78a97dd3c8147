import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { readContacts } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { keepPayload } from "./keep-payload";
import { streamsWithArrivals, takeIn } from "./take-in";

const database = testDatabase();
let connectionId: number;

beforeEach(async () => {
  await database.db.execute(sql`truncate connection cascade`);
  connectionId = await insertTestConnection(database.db);
});

const rows = async (query: ReturnType<typeof sql>) => (await database.db.execute(query)).rows;

async function keep(...contacts: readonly (object | null)[]): Promise<void> {
  const body = JSON.stringify(contacts);
  await keepPayload(database.db, { connectionId, stream: "contacts-in", body, items: contacts.length });
}

const take = (read: (body: string) => ReturnType<typeof readContacts> = readContacts) =>
  takeIn({ db: database.db, connectionId, stream: "contacts-in", read, portray });

const person = (contactNumber: string, more: object = {}) => ({ contactNumber, type: "INDIVIDUAL", ...more });

describe("taking in", () => {
  it("folds many calls in the order they came, each with events of its own and the time it came", async () => {
    await keep(person("1", { a: 1, b: 1 }), person("2"));
    await database.db.execute(sql`update payload set received_at = '2026-01-01T00:00:00Z'`);
    await keep(person("1", { a: 2 }), null);
    expect(await take()).toEqual({ items: 4, ended: 1, records: 2 });
    expect(await take()).toBeNull();
    expect(
      await rows(sql`select position, received_at < '2026-02-01' as early,
        count(*) over (partition by payload_id)::int as together from event order by id`),
    ).toEqual([0, 1, 0, 1].map((position, index) => ({ position, early: index < 2, together: 2 })));
    expect(
      await rows(sql`
        select s360_state, version from record join record_direction on record_id = id where key = '1'`),
    ).toEqual([{ s360_state: { ...person("1"), a: 2, b: 1 }, version: 2 }]);
    expect(await streamsWithArrivals(database.db)).toEqual([]);
  });

  it("takes a thousand items at once, and a call that holds more alone", async () => {
    const many = (count: number, from: number) =>
      Array.from({ length: count }, (_, index) => person(String(from + index)));
    await keep(...many(600, 0));
    await keep(...many(400, 600));
    await keep(...many(1_200, 1_000));
    await keep(...many(1, 3_000));
    const taken = [await take(), await take(), await take(), await take()];
    expect(taken.map((receipt) => receipt?.items)).toEqual([1_000, 1_200, 1, undefined]);
  });

  it("is done by one at a time for a stream, and loses nothing when several try", async () => {
    for (let call = 0; call < 10; call++) await keep(person("1", { call }), person(`other ${call}`));
    const drain = async (): Promise<void> => {
      while ((await streamsWithArrivals(database.db)).length > 0) await take();
    };
    await Promise.all([drain(), drain(), drain()]);
    expect(await rows(sql`select count(*)::int as events from event`)).toEqual([{ events: 20 }]);
    expect(
      await rows(sql`
        select s360_state->'call' as call, version from record join record_direction on record_id = id where key = '1'`),
    ).toEqual([{ call: 9, version: 10 }]);
  });

  it("leaves a call where it is when it breaks, and lets those behind it pass", async () => {
    await keep(person("1"));
    await keep(person("bad"));
    await keep(person("3"));
    const read = vi.fn((body: string) => {
      if (body.includes("bad")) throw new TypeError("a mistake of ours");
      return readContacts(body);
    });
    const tries: unknown[] = [];
    for (let turn = 0; turn < 5; turn++) tries.push(await take(read).catch((error: Error) => error.message));
    expect(tries.filter((receipt) => receipt === "a mistake of ours")).toHaveLength(2);
    expect(await rows(sql`select key from record order by key`)).toEqual([{ key: "1" }, { key: "3" }]);
    expect(
      await rows(sql`select tries, due_at > now() + interval '20 seconds' as later from payload`),
    ).toEqual([{ tries: 2, later: true }]);
    await database.db.execute(sql`update payload set due_at = now()`);
    expect(await take()).toMatchObject({ items: 1 });
  });

  it("keeps what the database refuses as a failed event, and its neighbours as they are", async () => {
    await database.db.execute(sql`alter table record alter column label type varchar(20)`);
    const named = (key: string, individualLastName: string) =>
      person(key, { individualContact: { individualLastName } });
    await keep(named("1", "Frank"));
    await keep(named("2", "x".repeat(30)), named("3", "Roux"));
    expect(await take()).toEqual({ items: 3, ended: 1, records: 2 });
    await database.db.execute(sql`alter table record alter column label type text`);
    expect(await rows(sql`select raw like '%xxx%' as long, outcome from event order by id`)).toEqual([
      { long: false, outcome: null },
      { long: true, outcome: "failed" },
      { long: false, outcome: null },
    ]);
  });
});
