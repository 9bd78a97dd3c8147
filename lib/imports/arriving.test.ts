/** What belongs to an import and what is live: told at the door. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { lanes } from "@/lib/core/words";
import { keepPayload } from "@/lib/inbox/keep-payload";
import { takeIn } from "@/lib/inbox/take-in";
import { readContacts } from "@/lib/s360/inbound";
import { portray } from "@/lib/s360/portrait";
import { person, relay, sale, structure } from "@/lib/sync/test-world";
import { importWorld, numbered, old } from "./test-import-world";

const { contacts, orders, start, steer, status, work, standing, written, rows, take, drain, world } =
  importWorld();

const oldSale = (orderId: number, contact: string) => ({
  ...sale(orderId, contact),
  creationDateTime: "2020-01-14T10:09:27.503+00:00",
});

const laneOf = async (key: string) =>
  (
    await rows(sql`
    select d.lane from record_direction d join record r on r.id = d.record_id where r.key = ${key} and d.direction = 'in'`)
  )[0]?.["lane"];

describe("without an import", () => {
  it("everything is live, however old", async () => {
    await contacts(old("1"));
    await work();
    expect(await written()).toEqual(["1"]);
    expect(await laneOf("1")).toBe(lanes.liveContacts);
  });
});

describe("while an import of contacts goes on", () => {
  it("what is old and new to us is stored and held, in the lane of the backfill", async () => {
    await start();
    await contacts(old("1"), person("2"), person("3", { creationDate: new Date().toISOString() }));
    await drain();
    expect(await standing("held")).toEqual(["1", "2"]);
    expect(await written()).toEqual(["3"]);
    expect(await laneOf("1")).toBe(lanes.backfill);
    const { counts } = await status();
    expect(counts).toMatchObject({ received: 2, known: 0, records: 2, held: 2 });
  });

  it("a held record that comes again with nothing new stays held; with something new it is live", async () => {
    await start();
    await contacts(old("1"), old("2"));
    await contacts(old("1"), old("2", { function: "Treasurer" }));
    await drain();
    expect(await standing("held")).toEqual(["1"]);
    expect(await written()).toEqual(["2"]);
    expect(await laneOf("2")).toBe(lanes.liveContacts);
    expect((await status()).counts).toMatchObject({ received: 2, held: 1, ends: { live: 1 } });
  });

  it("what was here before and says nothing new counts as received, and is looked at behind what is live", async () => {
    await contacts(old("1"));
    await drain();
    await start();
    await contacts(old("1"));
    expect(await laneOf("1")).toBe(lanes.backfill);
    await work();
    expect((await status()).counts).toMatchObject({ received: 1, known: 1, held: 0, ends: { unchanged: 1 } });
  });

  it("what was here before and says something new is live", async () => {
    await contacts(old("1"));
    await drain();
    await start();
    await contacts(old("1", { function: "Treasurer" }));
    expect(await laneOf("1")).toBe(lanes.liveContacts);
    expect((await status()).counts.received).toBe(0);
  });

  it("orders are live, and a contact that a sale of today needs is written with it", async () => {
    await start();
    await steer("pause");
    await contacts(old("1"), old("2"));
    await orders(sale(7, "1"));
    await work(3);
    expect(await written()).toEqual(["1", "70"]);
    expect(await laneOf("1")).toBe(lanes.liveContacts);
    expect((await status()).counts).toMatchObject({ ends: { live: 1 } });
  });

  it("also when the sale came first", async () => {
    await start({ canary: 0 });
    await steer("pause");
    await orders(sale(7, "1"));
    await drain();
    await contacts(old("1"), old("2"));
    await work();
    expect(await written()).toEqual(["1", "70"]);
    expect(await standing("held")).toEqual(["2"]);
  });

  it("a call with the same old contact twice holds one", async () => {
    await start();
    await contacts(old("1"), old("1"));
    expect((await status()).counts).toMatchObject({ received: 1, records: 1, held: 1 });
  });
});

describe("calls that are kept and not taken in yet", () => {
  const keep = (...items: unknown[]) =>
    keepPayload(world.deps.db, {
      connectionId: world.connectionId,
      stream: "contacts-in",
      body: JSON.stringify(items),
      items: items.length,
    });
  const takeInAll = () =>
    takeIn({
      db: world.deps.db,
      connectionId: world.connectionId,
      stream: "contacts-in",
      read: readContacts,
      portray,
    });

  it("belong to an import that has closed since, which does not end before it has them", async () => {
    await start({ canary: 0 });
    await keep(old("1"));
    await steer("finish");
    await keep(old("2"));
    await work();
    expect((await status()).state).toBe("running");
    // One that was tried before is taken in alone.
    await rows(sql`update payload set tries = 1 where id = (select max(id) from payload)`);
    await takeInAll();
    expect((await status()).counts).toMatchObject({ received: 1, held: 1 });
    await work(2);
    expect((await status()).state).toBe("done");
    await takeInAll();
    expect(await laneOf("2")).toBe(lanes.liveContacts);
  });

  it("that came before an import was begun are live", async () => {
    await keep(old("1"));
    await start();
    await takeInAll();
    expect(await laneOf("1")).toBe(lanes.liveContacts);
  });

  it("of a cancelled import are held: nothing that it brought is written", async () => {
    await start();
    await keep(old("1"));
    await steer("cancel");
    await takeInAll();
    expect(await standing("held")).toEqual(["1"]);
  });
});

describe("while an import of orders goes on", () => {
  it("orders are counted, and their operations are held", async () => {
    await start({ streams: [{ stream: "orders-in", expected: 2 }] });
    await orders(oldSale(7, "1"), {
      orderId: 8,
      creationDateTime: "2020-01-14T10:09:27Z",
      operationDatas: [],
    });
    expect(await standing("held")).toEqual(["70"]);
    expect((await status("orders-in")).counts).toMatchObject({ received: 2, records: 1, held: 1 });
  });

  it("an order that changes today makes its operations live", async () => {
    await start({ streams: [{ stream: "orders-in", expected: null }] });
    await orders(oldSale(7, "1"));
    await orders({ ...oldSale(7, "1"), remark: "exchanged" });
    expect(await standing("held")).toEqual([]);
    expect(await laneOf("70")).toBe(lanes.liveOrders);
  });

  it("old sales that wait for their contacts do not have S-360 asked for each of them", async () => {
    const { connectionsWithMissing } = await import("@/lib/inbox/missing");
    await start({ canary: 0, streams: [{ stream: "orders-in", expected: null }] });
    await orders(oldSale(7, "1"));
    await work();
    expect(await standing("waiting")).toEqual(["70"]);
    await rows(sql`update waiting set since = now() - interval '2 hours', look_at = now()`);
    expect(await connectionsWithMissing(world.deps.db)).toEqual([]);
    await orders({ ...sale(9, "2"), creationDateTime: new Date().toISOString() });
    await drain();
    await rows(sql`update waiting set since = now() - interval '2 hours', look_at = now()`);
    expect(await connectionsWithMissing(world.deps.db)).toEqual([world.connectionId]);
  });
});

it("an import is told of relays and their structures in one payload", async () => {
  await start({ canary: 4 });
  const created = { creationDate: "2019-03-02T09:15:04.120+00:00" };
  await contacts(
    { ...relay("1", "9"), ...created },
    { ...relay("2", "9"), ...created },
    { ...relay("3", "9"), ...created },
    { ...relay("4", "9"), ...created },
    { ...structure("9"), ...created },
  );
  await work(4);
  // The structure that the first half waits for is among the second.
  expect(await written()).toEqual(expect.arrayContaining(["9"]));
  expect((await status()).counts.released).toBe(4);
  expect(await standing("waiting")).toEqual([]);
});

it("a sale of today never waits behind what an import let out", async () => {
  await start({ canary: 0 });
  await contacts(...numbered(2_500).map((number) => old(number)));
  await work(0);
  await contacts(person("buyer", { creationDate: new Date().toISOString() }));
  await orders(sale(7, "buyer"));
  const { records } = await take(50);
  expect(records.slice(0, 2).map(({ key }) => key)).toEqual(expect.arrayContaining(["70", "buyer"]));
  const batch = await rows(sql`
    select d.lane, count(*)::int as n from record_direction d join record r on r.id = d.record_id
    where r.lease_token is not null group by 1 order by 1`);
  expect(batch).toEqual([
    { lane: lanes.liveOrders, n: 1 },
    { lane: lanes.liveContacts, n: 1 },
    { lane: lanes.backfill, n: 48 },
  ]);
});
