import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import { call, contactService, control } from "../testing/api-client";
import type { JsonObject } from "../venue/json";

describe("faults of the API side", () => {
  let s360: S360Simulator;
  const order = (fault: unknown) => control(s360, "POST", "faults", fault);
  const ask = (method: string, body: JsonObject) => call(s360, `${contactService}/${method}`, body);
  const read = () => ask("getContactData", { contactNumber: "1" });
  const save = () =>
    ask("saveIndividualContactData", { individualContact: { individualLastName: "Rochat" } });
  const size = () => s360.simulator.venue.contacts.size;
  const lastCall = async () => (await control(s360, "GET", "calls?limit=1")).body[0];

  beforeEach(async () => {
    s360 = await startS360Simulator({ settings: { api: { callsPerMinute: 0 } } });
    s360.simulator.put("contacts", { contactNumber: "1" });
  });
  afterEach(() => s360.close());

  it("lose the answer of a write that was done, and of nothing else", async () => {
    await order({ kind: "lost-answer" });
    expect((await read()).status).toBe(200);
    expect((await ask("saveIndividualContactData", {})).body.statusCode).toBe("error");
    await expect(save()).rejects.toThrow("fetch failed");
    expect(size()).toBe(2);
    expect(await lastCall()).toMatchObject({
      contactNumber: "0030001",
      status: null,
      outcome: "done, answer lost",
    });
    expect(s360.simulator.webhooks.contacts.queue.holds("0030001")).toBe(true);
    expect((await save()).body.contactNumber).toBe("0030002");
  });

  it("break the connection before anything is done", async () => {
    await order({ kind: "broken-before", times: 2 });
    await expect(save()).rejects.toThrow("fetch failed");
    await expect(read()).rejects.toThrow("fetch failed");
    expect(size()).toBe(1);
    expect((await control(s360, "GET", "state")).body.api).toMatchObject({
      limits: { lastMinute: 0 },
      calls: { total: 2, refused: 0 },
    });
    expect((await save()).status).toBe(200);
  });

  it("answer with a status and a text, for one method", async () => {
    await order({ kind: "status", status: 503, text: "Back soon.", method: "saveIndividualContactData" });
    expect((await read()).status).toBe(200);
    const answer = await save();
    expect([answer.status, answer.text, size()]).toEqual([503, "Back soon.\n", 1]);
    expect((await save()).status).toBe(200);
  });

  it("make a call wait, and do not keep the simulator from stopping", async () => {
    await order({ kind: "slow", ms: 150 });
    const started = performance.now();
    expect((await read()).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(140);
    await order({ kind: "slow", ms: 600_000 });
    const hanging = save().catch(() => "broken");
    while (s360.simulator.api.faults.list().length > 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await s360.close();
    expect(await hanging).toBe("broken");
    expect(size()).toBe(1);
    s360 = await startS360Simulator();
  });

  it("strike at random, the same way every time, until they are called off", async () => {
    const { body } = await order({ kind: "status", status: 500, probability: 0.5 });
    expect(body.faults).toMatchObject([{ kind: "status", probability: 0.5, times: null }]);
    const statuses: number[] = [];
    for (let each = 0; each < 40; each += 1) statuses.push((await read()).status);
    const struck = statuses.filter((status) => status === 500).length;
    expect(struck).toBeGreaterThan(8);
    expect(struck).toBeLessThan(32);
    expect((await control(s360, "DELETE", "faults")).body).toEqual({ faults: [] });
    for (let each = 0; each < 10; each += 1) expect((await read()).status).toBe(200);
  });

  it("are listed together with the webhooks', and end after so many times", async () => {
    const { body } = await order([
      { kind: "ignore-200" },
      { kind: "status", status: 500, times: 2, probability: 1 },
    ]);
    expect(body.faults).toMatchObject([
      { kind: "ignore-200", times: 1 },
      { kind: "status", times: 2 },
    ]);
    expect([(await read()).status, (await read()).status, (await read()).status]).toEqual([500, 500, 200]);
    expect((await control(s360, "GET", "state")).body.faults).toMatchObject([{ kind: "ignore-200" }]);
    await control(s360, "POST", "reset");
    expect((await control(s360, "GET", "state")).body.faults).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{ kind: "earthquake" }, "lost-answer"],
    [{ kind: "status" }, "status"],
    [{ kind: "status", status: 200 }, "status"],
    [{ kind: "slow" }, "ms"],
    [{ kind: "lost-answer", method: "getContactData" }, "method"],
    [{ kind: "broken-before", method: "deleteContact" }, "method"],
    [{ kind: "broken-before", stream: "contacts" }, "stream"],
    [{ kind: "broken-before", probability: 2 }, "probability"],
    [[{ kind: "broken-before" }, { kind: "broken-before", times: 0 }], "times"],
  ])("refuse what they do not know: %j", async (fault, named) => {
    const { status, body } = await order(fault);
    expect(status).toBe(400);
    expect(body.error).toContain(named);
    expect(s360.simulator.api.faults.list()).toEqual([]);
  });
});
