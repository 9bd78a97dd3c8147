import { beforeEach, expect, it } from "vitest";
import { testDatabase } from "@/testing/database";
import { eventCounts } from "./fate";
import { openWorld, person, sale, type World } from "./test-world";

const database = testDatabase();
let world: World;

const fates = async (payloadId?: string) => {
  const counts = await eventCounts(database.db, world.connectionId, payloadId);
  return Object.fromEntries(Object.entries(counts).filter(([, number]) => number > 0));
};

beforeEach(async () => {
  world = await openWorld(database.db);
});

it("counts what comes in as pending until it is settled", async () => {
  const { payloadId } = await world.contacts(person("1"), person("2"));
  expect(await fates(payloadId)).toEqual({ pending: 2 });
  await world.drain();
  expect(await fates(payloadId)).toEqual({ synced: 2 });
});

it("ends every item in exactly one fate: as many out as in", async () => {
  world.org.refuse = (row) => (row.key === "2" ? { code: "validation_rule", sentence: "Refused." } : null);
  await world.contacts(person("1"), person("2"), person("1", { function: "x" }), null, { name: "nobody" });
  await world.orders(sale(1, "404"), { orderId: 2, operationDatas: [] });
  await world.drain();
  expect(await fates()).toEqual({ synced: 1, superseded: 1, failed: 3, waiting: 1, ignored: 1 });
});

it("tells an order by the worst of its operations", async () => {
  world.org.refuse = (row) => (row.key === "11" ? { code: "validation_rule", sentence: "Refused." } : null);
  const { payloadId } = await world.orders(sale(1, undefined, 3));
  await world.drain();
  expect(await fates(payloadId)).toEqual({ failed: 1 });
});

it("does not hide a broken operation behind the others that were written", async () => {
  const order = sale(1, undefined, 2);
  await world.orders({ ...order, operationDatas: [...order.operationDatas, "broken"] });
  await world.drain();
  expect(await fates()).toEqual({ failed: 1 });
});

it("knows what changed nothing", async () => {
  await world.contacts(person("1"));
  await world.drain();
  const again = await world.contacts(person("1"));
  await world.drain();
  expect(await fates(again.payloadId)).toEqual({ unchanged: 1 });
});
