import { afterEach, describe, expect, it, vi } from "vitest";
import { startS360Simulator, type S360Simulator } from "../server";
import type { SettingsChange } from "../settings";
import { call, contactService, control, tokenPath } from "../testing/api-client";
import { startReceiver } from "../testing/receiver";
import { CallLimits } from "./call-limits";

const minuteLimit = (callsPerMinute: number) => ({ callsPerMinute, callsPerMonth: 0 });

describe("counting calls", () => {
  const start = Date.parse("2026-11-30T23:59:00Z");
  const at = (seconds: number) => new Date(start + seconds * 1000);

  it("allows so many in any 60 seconds, and refused calls do not count", () => {
    const limits = new CallLimits();
    const taken = [0, 10, 20, 30, 59.9, 60, 60.1, 69, 70].map((second) =>
      limits.take(at(second), minuteLimit(3)),
    );
    expect(taken).toEqual([null, null, null, "minute", "minute", null, "minute", "minute", null]);
    expect(limits.use(at(70)).lastMinute).toBe(3);
  });

  it("counts a calendar month, in UTC, and starts anew in the next", () => {
    const limits = new CallLimits();
    const quota = { callsPerMinute: 0, callsPerMonth: 2 };
    expect([0, 10, 20, 59].map((second) => limits.take(at(second), quota))).toEqual([
      null,
      null,
      "month",
      "month",
    ]);
    expect(limits.use(at(59))).toMatchObject({ month: "2026-11", thisMonth: 2 });
    expect(limits.take(at(60), quota)).toBeNull();
    expect(limits.use(at(60))).toMatchObject({ month: "2026-12", thisMonth: 1 });
  });
});

describe("the institution's limits", () => {
  let s360: S360Simulator;
  const start = async (settings: SettingsChange) => {
    s360 = await startS360Simulator({ settings: { scheduleSeconds: 0, ...settings } });
    s360.simulator.put("contacts", { contactNumber: "1" });
  };
  const read = () => call(s360, `${contactService}/getContactData`, { contactNumber: "1" });
  const statuses = async (times: number) => {
    const all: number[] = [];
    for (let each = 0; each < times; each += 1) all.push((await read()).status);
    return all;
  };
  afterEach(() => s360.close());

  it("are 180 calls a minute and no quota", async () => {
    await start({});
    expect(s360.simulator.settings.api).toMatchObject({ callsPerMinute: 180, callsPerMonth: 0 });
  });

  it("hold for all endpoints together, refused tokens included; beyond them: 509", async () => {
    await start({ api: { callsPerMinute: 3 } });
    await call(s360, tokenPath, { operator: "nobody" });
    await call(s360, `${contactService}/searchContact`, { lastName: "x" }, { authorization: "" });
    expect(await statuses(2)).toEqual([200, 509]);
    expect((await read()).text).toContain("3 calls a minute");
    const { body } = await control(s360, "GET", "state");
    expect(body.api.limits).toMatchObject({ lastMinute: 3, thisMonth: 3 });
    expect(body.api.calls).toMatchObject({ total: 5, refused: 4, refusedBy: { minute: 2, token: 2 } });
  });

  it("can be answered with 429, and be changed while it runs", async () => {
    await start({ api: { callsPerMinute: 1, overLimitStatus: 429 } });
    expect(await statuses(2)).toEqual([200, 429]);
    await control(s360, "POST", "settings", { api: { callsPerMinute: 2 } });
    expect(await statuses(2)).toEqual([200, 429]);
  });

  it("let calls through again after a minute", async () => {
    await start({ api: { callsPerMinute: 1 } });
    expect(await statuses(2)).toEqual([200, 509]);
    const later = Date.now() + 60_001;
    vi.useFakeTimers({ now: later, toFake: ["Date"] });
    try {
      expect(await statuses(1)).toEqual([200]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("end the month's calls with 509 and name the quota", async () => {
    await start({ api: { callsPerMonth: 2, overLimitStatus: 429 } });
    expect(await statuses(3)).toEqual([200, 200, 509]);
    expect((await read()).text).toContain("monthly quota of 2 calls");
  });

  it.each([
    [false, 0],
    [true, 1],
  ])("count webhook POSTs into the month when set so: %s", async (countWebhookPosts, counted) => {
    const receiver = await startReceiver();
    await start({ pushTo: receiver.url, api: { countWebhookPosts } });
    await s360.simulator.run("contacts");
    expect(receiver.received).toHaveLength(1);
    expect((await control(s360, "GET", "state")).body.api.limits).toMatchObject({
      lastMinute: 0,
      thisMonth: counted,
    });
    await receiver.close();
  });
});
