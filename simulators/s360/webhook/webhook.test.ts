import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import type { SettingsChange } from "../settings";
import { startReceiver, type Receiver } from "../testing/receiver";
import type { JsonObject } from "../venue/json";

const person = (contactNumber: string, more: JsonObject = {}): JsonObject => ({
  contactNumber,
  type: "INDIVIDUAL",
  individualContact: { individualLastName: "Rochat" },
  ...more,
});

describe("a webhook of the simulated S-360", () => {
  let receiver: Receiver;
  let s360: S360Simulator;

  const start = async (settings: SettingsChange = {}) => {
    s360 = await startS360Simulator({ settings: { pushTo: receiver.url, scheduleSeconds: 0, ...settings } });
  };
  const put = (...numbers: string[]) => {
    for (const number of numbers) s360.simulator.put("contacts", person(number));
  };
  const runs = async (times: number) => {
    for (let run = 0; run < times; run += 1) await s360.simulator.run();
  };
  const sizes = () => receiver.payloads().map((items) => items.length);

  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await s360.close();
    await receiver.close();
  });

  it("posts JSON arrays to the institution's two addresses", async () => {
    await start();
    put("0012345");
    s360.simulator.put("orders", { orderId: 10000900001, operationDatas: [] });
    await s360.simulator.run();
    const byPath = Object.fromEntries(receiver.received.map((request) => [request.path, request]));
    expect(byPath["/s360/contacts/myvenue"]?.body).toEqual([person("0012345")]);
    expect(byPath["/s360/orders/myvenue"]?.body).toEqual([
      { orderDetailsData: { orderId: 10000900001, operationDatas: [] } },
    ]);
    for (const { headers } of receiver.received) {
      expect(headers["content-type"]).toBe("application/json; charset=utf-8");
      expect(headers.authorization).toBeUndefined();
    }
  });

  it("starts with S-360's own numbers: 100 items a run, one a payload, 12 tries, every 15 minutes", async () => {
    await start();
    const { batchSize, bucketSize, tries } = s360.simulator.settings.contacts;
    expect({ batchSize, bucketSize, tries }).toEqual({ batchSize: 100, bucketSize: 1, tries: 12 });
  });

  it("sends several edits of one contact once, with the state at the time of sending", async () => {
    await start();
    s360.simulator.put("contacts", person("1", { function: "first" }));
    s360.simulator.put("contacts", person("1", { function: "second" }));
    await s360.simulator.run();
    expect(receiver.payloads()).toEqual([[person("1", { function: "second" })]]);
  });

  it("handles at most S items in a run and at most bs in a payload", async () => {
    await start({ batchSize: 5, bucketSize: 2 });
    put("1", "2", "3", "4", "5", "6", "7");
    await runs(1);
    expect(sizes()).toEqual([2, 2, 1]);
    await runs(1);
    expect(sizes()).toEqual([2, 2, 1, 2]);
    await runs(1);
    expect(sizes()).toHaveLength(4);
  });

  it.each([201, 202, 204, 301, 400, 401, 500, 503, "hang up"] as const)(
    "takes %s for a refusal",
    async (answer) => {
      await start();
      put("1");
      receiver.answer = (_request, index) => (index === 0 ? answer : 200);
      await runs(2);
      expect(receiver.received).toHaveLength(2);
      expect(s360.simulator.deliveries.latest(2).map(({ verdict }) => verdict)).toEqual([
        "accepted",
        "again",
      ]);
    },
  );

  it("does not follow a redirect", async () => {
    await start();
    put("1");
    receiver.answer = () => ({ redirectTo: "/elsewhere" });
    await runs(1);
    expect(receiver.received.map(({ path }) => path)).toEqual(["/s360/contacts/myvenue"]);
    expect(s360.simulator.deliveries.latest(1)).toMatchObject([{ status: 307, verdict: "again" }]);
  });

  it("re-sends the same bucket at the next run, with the state as it is then, and not within the run", async () => {
    await start({ bucketSize: 2 });
    put("1", "2");
    receiver.answer = () => 500;
    await runs(1);
    expect(sizes()).toEqual([2]);
    s360.simulator.put("contacts", person("2", { function: "moved on" }));
    put("3");
    receiver.answer = () => 200;
    await runs(1);
    expect(receiver.payloads().slice(1)).toEqual([
      [person("1"), person("2", { function: "moved on" })],
      [person("3")],
    ]);
  });

  it("lets one bad bucket hold back no other", async () => {
    await start();
    put("1", "2", "3");
    receiver.answer = ({ body }) => (JSON.stringify(body).includes('"2"') ? 500 : 200);
    const { contacts } = await s360.simulator.run();
    expect(contacts).toMatchObject({ items: 3, accepted: 2, again: 1 });
  });

  it("abandons a bucket after 12 tries in total, and says so", async () => {
    const lines: string[] = [];
    s360 = await startS360Simulator({
      settings: { pushTo: receiver.url, scheduleSeconds: 0, bucketSize: 2 },
      log: (line) => lines.push(line),
    });
    put("1", "2");
    receiver.answer = () => 503;
    await runs(11);
    expect(s360.simulator.deliveries.abandoned).toEqual([]);
    await runs(3);
    expect(receiver.received).toHaveLength(12);
    expect(s360.simulator.deliveries.abandoned).toMatchObject([
      { keys: ["1", "2"], tries: 12, lastOutcome: "503" },
    ]);
    expect(lines.filter((line) => line.includes("abandoned after 12 tries"))).toHaveLength(1);
    receiver.answer = () => 200;
    put("1");
    await runs(1);
    expect(receiver.payloads().at(-1)).toEqual([person("1")]);
  });

  it("counts an answer that does not come in time as a refusal", async () => {
    await start({ answerTimeoutSeconds: 0.05 });
    put("1");
    receiver.answer = (_request, index) => (index === 0 ? "stay silent" : 200);
    await runs(2);
    const [second, first] = s360.simulator.deliveries.latest(2);
    expect(first).toMatchObject({ status: null, outcome: "no answer in 0.05 s", verdict: "again" });
    expect(second).toMatchObject({ status: 200, attempt: 2, verdict: "accepted" });
  });

  it("keeps an edit made while its contact is under way for the next run", async () => {
    await start();
    put("1");
    receiver.answer = (_request, index) => {
      if (index === 0) s360.simulator.put("contacts", person("1", { function: "late" }));
      return 200;
    };
    await runs(3);
    expect(receiver.payloads()).toEqual([[person("1")], [person("1", { function: "late" })]]);
  });

  it("signs in with Basic at one webhook and with an API key at the other", async () => {
    await start({
      contacts: { auth: "basic:s360:se:cret é" },
      orders: { auth: "apikey:x-venue-key:abc:123" },
    });
    put("1");
    s360.simulator.put("orders", { orderId: 1 });
    await s360.simulator.run();
    const sent = (stream: string) => receiver.received.find(({ path }) => path.includes(stream))?.headers;
    const pair = Buffer.from("s360:se:cret é", "utf8").toString("base64");
    expect(sent("contacts")?.authorization).toBe(`Basic ${pair}`);
    expect(sent("orders")?.["x-venue-key"]).toBe("abc:123");
    expect(sent("orders")?.authorization).toBeUndefined();
  });

  it("sends an order with or without its wrapper, and a bare object for one item, as set", async () => {
    await start({ orders: { wrapper: false } });
    s360.simulator.put("orders", { orderDetailsData: { orderId: 7 } });
    await runs(1);
    expect(receiver.received.at(-1)?.body).toEqual([{ orderId: 7 }]);
    s360.simulator.change({ orders: { wrapper: true, body: "bare" } });
    s360.simulator.queue("orders", ["7"]);
    await runs(1);
    expect(receiver.received.at(-1)?.body).toEqual({ orderDetailsData: { orderId: 7 } });
    s360.simulator.change({ orders: { bucketSize: 2 } });
    s360.simulator.put("orders", { orderId: 8 });
    s360.simulator.queue("orders", ["7"]);
    await runs(1);
    expect(receiver.received.at(-1)?.body).toHaveLength(2);
  });

  it("leaves out the sections that are not selected, and the movements below the chosen granularity", async () => {
    await start({
      contacts: { details: ["GENERAL", "AUTHORIZATIONS"] },
      orders: { granularity: "OPERATIONS" },
    });
    s360.simulator.put(
      "contacts",
      person("1", { addresses: [{ main: true }], authorizations: [], login: "x" }),
    );
    s360.simulator.put("orders", { orderId: 7, operationDatas: [], movementDatas: [], ticketDatas: [] });
    await s360.simulator.run();
    const bodies = receiver.payloads().flat();
    expect(bodies).toContainEqual(person("1", { authorizations: [], login: "x" }));
    expect(bodies).toContainEqual({ orderDetailsData: { orderId: 7, operationDatas: [] } });
  });

  it("always sends the number, even without the general section", async () => {
    await start({ contacts: { details: ["ADDRESSES"] } });
    s360.simulator.put("contacts", person("1", { addresses: [] }));
    await runs(1);
    expect(receiver.payloads()).toEqual([[{ contactNumber: "1", addresses: [] }]]);
  });

  it("sends a payload twice, or takes a 200 for lost, when told to", async () => {
    await start();
    put("1");
    s360.simulator.faults.add({ kind: "duplicate-delivery", times: 1 });
    await runs(2);
    expect(receiver.received.map(({ text }) => text)).toEqual(Array(2).fill(JSON.stringify([person("1")])));
    s360.simulator.faults.add({ kind: "ignore-200", times: 2, stream: "contacts" });
    put("2");
    await runs(4);
    expect(receiver.received).toHaveLength(5);
    expect(s360.simulator.deliveries.latest(3).map(({ attempt }) => attempt)).toEqual([3, 2, 1]);
  });

  it("loses no digit of an id beyond 2^53", async () => {
    await start();
    const text = '{"orderId":9007199254740993,"operationDatas":[{"operationId":90071992547409931}]}';
    await fetch(`${s360.url}/__control/orders`, { method: "POST", body: text });
    await runs(1);
    expect(receiver.received[0]?.text).toBe(`[{"orderDetailsData":${text}}]`);
    expect(s360.simulator.deliveries.latest(1)[0]?.keys).toEqual(["9007199254740993"]);
  });

  it("runs at once when it starts and then every M seconds", async () => {
    await start();
    put("1");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      s360.simulator.change({ scheduleSeconds: 60 });
      await vi.waitFor(() => expect(receiver.received).toHaveLength(1));
      put("2");
      await vi.advanceTimersByTimeAsync(59_000);
      expect(receiver.received).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1000);
      await vi.waitFor(() => expect(receiver.received).toHaveLength(2));
    } finally {
      vi.useRealTimers();
    }
  });

  it("lets the queue grow while it has no address, and survives a receiver that is away", async () => {
    await start({ pushTo: null });
    put("1");
    expect(await s360.simulator.run()).toEqual({ contacts: null, orders: null });
    s360.simulator.change({ pushTo: "http://127.0.0.1:1" });
    expect((await s360.simulator.run()).contacts).toMatchObject({ items: 1, again: 1 });
    s360.simulator.change({ pushTo: receiver.url });
    await runs(1);
    expect(receiver.payloads()).toEqual([[person("1")]]);
  });
});
