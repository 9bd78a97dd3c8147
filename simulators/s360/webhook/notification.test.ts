import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import { changeSettings, defaultSettings } from "../settings";
import { startReceiver, type Receiver } from "../testing/receiver";
import { parseNotification } from "./notification";

describe("a V1 webhook of the simulated S-360", () => {
  let receiver: Receiver;
  let s360: S360Simulator;

  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await s360.close();
    await receiver.close();
  });

  const start = async (contacts: object, orders: object = {}) => {
    const settings = { pushTo: receiver.url, scheduleSeconds: 0, contacts, orders };
    s360 = await startS360Simulator({ settings });
    s360.simulator.putAll("contacts", [{ contactNumber: "00 12&3" }, { contactNumber: "7" }]);
    s360.simulator.put("orders", { orderId: 10000900001 });
    await s360.simulator.run();
  };
  const calls = () => receiver.received.map(({ method, path, text }) => `${method} ${path} ${text}`).sort();

  it("tells each number by itself, by GET, with nothing else and nobody signed in", async () => {
    const v1 = { method: "GET", url: `${receiver.url}/crm?number=\${contactNumber}` };
    await start({ v1, bucketSize: 50, auth: "basic:user:password" });
    expect(calls()).toEqual([
      "GET /crm?number=00%2012%263 ",
      "GET /crm?number=7 ",
      expect.stringContaining("POST /s360/orders/myvenue"),
    ]);
    expect(receiver.received.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("tells it by POST, in the address or in a fixed body", async () => {
    await start(
      { v1: { method: "POST", url: `${receiver.url}/crm/\${contactNumber}` } },
      { v1: { method: "POST", url: `${receiver.url}/orders`, body: '{"id":"${orderId}"}' } },
    );
    expect(calls()).toEqual(["POST /crm/00%2012%263 ", "POST /crm/7 ", 'POST /orders {"id":"10000900001"}']);
  });

  it("tells it again when the answer is not 200", async () => {
    receiver.answer = (_request, index) => (index === 0 ? 503 : 200);
    await start({ v1: { method: "GET", url: `${receiver.url}/crm?number=\${contactNumber}` } });
    await s360.simulator.run();
    expect(receiver.received).toHaveLength(4);
  });
});

describe("the template of a V1 webhook", () => {
  const refused = (v1: object) => () => changeSettings(defaultSettings("myvenue"), { contacts: { v1 } });
  const url = "http://crm.example/?n=";

  it.each([
    [{ method: "GET", url: `${url}1` }, "needs ${contactNumber}"],
    [{ method: "GET", url: `${url}{contactNumber}` }, "placeholder other than"],
    [{ method: "GET", url: `${url}\${orderId}` }, "placeholder other than"],
    [{ method: "GET", url: `${url}\${contactNumber}`, body: "{}" }, "a GET has no body"],
    [{ method: "POST", url, body: "{}" }, "must stand in the address or in the body"],
    [{ method: "POST", url, body: "{${contactNumber}" }, "is not JSON"],
    [{ method: "GET", url: "crm/${contactNumber}" }, "no http or https address"],
  ])("is refused: %j", (v1, why) => {
    expect(refused(v1)).toThrow(why);
  });

  it("is read from the command line", () => {
    expect(parseNotification('POST http://crm.example/ {"a": "${contactNumber}"}')).toEqual({
      method: "POST",
      url: "http://crm.example/",
      body: '{"a": "${contactNumber}"}',
    });
    expect(() => parseNotification("PUT http://crm.example/")).toThrow("GET <address>");
  });
});
