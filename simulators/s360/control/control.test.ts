import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import { startReceiver, type Receiver } from "../testing/receiver";

describe("the control endpoints", () => {
  let receiver: Receiver;
  let s360: S360Simulator;
  const ask = async (method: string, word: string, body?: unknown) => {
    const response = await fetch(`${s360.url}/__control/${word}`, {
      method,
      body: typeof body === "string" ? body : body === undefined ? undefined : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };

  beforeEach(async () => {
    receiver = await startReceiver();
    s360 = await startS360Simulator({
      settings: { pushTo: receiver.url, scheduleSeconds: 0, bucketSize: 50 },
    });
  });
  afterEach(async () => {
    await s360.close();
    await receiver.close();
  });

  it("takes contacts and orders, one or many, and queues them", async () => {
    expect((await ask("POST", "contacts", { contactNumber: "1" })).body).toEqual({ queued: ["1"] });
    expect((await ask("POST", "contacts", [{ contactNumber: "2" }, { contactNumber: 3 }])).body).toEqual({
      queued: ["2", "3"],
    });
    expect((await ask("POST", "orders", [{ orderDetailsData: { orderId: 5 } }])).body).toEqual({
      queued: ["5"],
    });
    expect((await ask("GET", "state")).body).toMatchObject({
      counts: { individual: 3, orders: 1 },
      webhooks: { contacts: { queued: 3 }, orders: { queued: 1 } },
    });
    expect((await ask("GET", "contacts")).body).toEqual(["1", "2", "3"]);
    expect((await ask("GET", "orders?key=5")).body).toEqual({ orderId: 5 });
  });

  it("takes all of a list or nothing of it", async () => {
    const { status, body } = await ask("POST", "contacts", [{ contactNumber: "1" }, { name: "nobody" }]);
    expect(status).toBe(400);
    expect(body.error).toContain("contactNumber");
    expect((await ask("GET", "contacts")).body).toEqual([]);
  });

  it("runs the schedule now and waits for it", async () => {
    await ask("POST", "contacts", { contactNumber: "1" });
    await ask("POST", "orders", { orderId: 5 });
    expect((await ask("POST", "run", { stream: "orders" })).body).toMatchObject({ orders: { accepted: 1 } });
    expect((await ask("POST", "run")).body).toMatchObject({
      contacts: { accepted: 1 },
      orders: { payloads: 0 },
    });
    const { body } = await ask("GET", "deliveries?stream=contacts&key=1");
    expect(body).toMatchObject([{ bucket: 1, attempt: 1, keys: ["1"], status: 200, verdict: "accepted" }]);
    expect((await ask("GET", "deliveries")).body).toHaveLength(2);
  });

  it("changes settings for both webhooks or for one, and never shows a credential", async () => {
    const { body } = await ask("POST", "settings", {
      batchSize: 7,
      contacts: { auth: "basic:user:pa55word", batchSize: 9 },
      orders: { wrapper: false, auth: "apikey:x-key:s3cret" },
    });
    expect(body.webhooks.contacts.settings).toMatchObject({ batchSize: 9, auth: "basic" });
    expect(body.webhooks.orders.settings).toMatchObject({ batchSize: 7, auth: "apikey", wrapper: false });
    expect(JSON.stringify(body)).not.toMatch(/pa55word|s3cret/);
  });

  it.each([
    ["settings", { batchSize: 0 }, "batchSize"],
    ["settings", { scheduleMinutes: 1441 }, "scheduleMinutes"],
    ["settings", { contacts: { auth: "bearer:x" } }, "contacts.auth"],
    ["settings", { contacts: { details: ["NAMES"] } }, "contacts.details.0"],
    ["settings", { pushTo: "ftp://crm.example" }, "pushTo"],
    ["settings", { speed: 3 }, "speed"],
    ["faults", { kind: "earthquake" }, "kind"],
    ["run", { stream: "tickets" }, "stream"],
    ["contacts", "{not json", "Not JSON"],
  ])("refuses a wrong %s body and names the place: %j", async (word, sent, named) => {
    const { status, body } = await ask("POST", word, sent);
    expect(status).toBe(400);
    expect(body.error).toContain(named);
  });

  it("makes faults happen that often and no more", async () => {
    const { body } = await ask("POST", "faults", { kind: "ignore-200", times: 1, stream: "contacts" });
    expect(body.faults).toEqual([{ kind: "ignore-200", times: 1, stream: "contacts" }]);
    await ask("POST", "contacts", { contactNumber: "1" });
    await ask("POST", "run");
    const { body: state } = await ask("GET", "state");
    expect(state.webhooks.contacts.toSendAgain).toMatchObject([{ keys: ["1"], tries: 1 }]);
    expect(state.faults).toEqual([]);
    await ask("POST", "run");
    expect(receiver.received).toHaveLength(2);
  });

  it("flags everything, or given numbers, as changed, like a first load", async () => {
    await ask("POST", "contacts", [{ contactNumber: "1" }, { contactNumber: "2" }]);
    await ask("POST", "run");
    expect((await ask("POST", "flag", {})).body).toEqual({ queued: { contacts: 2, orders: 0 } });
    await ask("POST", "run");
    await ask("POST", "flag", { stream: "contacts", keys: ["2", "unknown"] });
    await ask("POST", "run");
    expect(receiver.payloads().map((items) => items.length)).toEqual([2, 2, 1]);
  });

  it("forgets everything on reset and goes back to its first settings", async () => {
    await ask("POST", "contacts", { contactNumber: "1" });
    await ask("POST", "settings", { batchSize: 7 });
    const { body } = await ask("POST", "reset");
    expect(body).toMatchObject({ counts: { individual: 0 }, webhooks: { contacts: { queued: 0 } } });
    expect(body.webhooks.contacts.settings.batchSize).toBe(100);
    await ask("POST", "contacts", { contactNumber: "2" });
    expect((await ask("POST", "run")).body).toMatchObject({ contacts: { run: 1, accepted: 1 } });
  });

  it("does not wait for a receiver that stays silent when it is reset", async () => {
    receiver.answer = () => "stay silent";
    await ask("POST", "contacts", { contactNumber: "1" });
    const run = ask("POST", "run");
    while (receiver.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await ask("POST", "reset")).status).toBe(200);
    await run;
  });

  it("names what it knows when asked for something else", async () => {
    const { status, body } = await ask("POST", "weather");
    expect(status).toBe(404);
    expect(body.error).toContain("GET /__control/state");
  });

  it("refuses requests that another site's page sends", async () => {
    const response = await fetch(`${s360.url}/__control/reset`, {
      method: "POST",
      headers: { origin: "http://elsewhere.example" },
    });
    expect(response.status).toBe(403);
  });
});
