/** Calls run short, by a simulated org that allows few: lanes give way in order, and everything gets through in the end. */
import { sql } from "drizzle-orm";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keepCallNotices } from "@/lib/budget/notices";
import { lanesThatMaySpend } from "@/lib/budget/spending";
import { grantCalls } from "@/lib/budget/grant-calls";
import { budgetStatus } from "@/lib/budget/status";
import { lanes, type Lane } from "@/lib/core/words";
import { dueWork } from "./due";
import { claimFeeds } from "./feeds";
import { pollFeed } from "./poll-feed";
import { orgWorld, person } from "./test-org-world";

const dailyApiRequests = 400;
/** Half of what the org allows. */
const granted = 200;
const w = orgWorld({ dailyApiRequests });

const silent = pino({ level: "silent" });

let aheadMs = 0;
beforeEach(() => {
  aheadMs = 0;
  const real = performance.now.bind(performance);
  vi.spyOn(performance, "now").mockImplementation(() => real() + aheadMs);
});
afterEach(() => vi.restoreAllMocks());

/** What was read of the budget is old after some seconds. */
const later = () => (aheadMs += 10_000);

/** As if the connector had made so many calls in the hour before this one. */
async function spend(calls: number, hoursAgo = 1): Promise<void> {
  await w.database.db.execute(sql`
    insert into call_hour (connection_id, hour, lane, calls)
    values (${w.world.connectionId}, date_trunc('hour', now(), 'UTC') - ${hoursAgo} * interval '1 hour', 3, ${calls})
    on conflict (connection_id, hour, lane) do update set calls = call_hour.calls + excluded.calls`);
  later();
}

/** So many hours pass for what was counted. */
async function pass(hours: number): Promise<void> {
  await w.database.db.execute(sql`update call_hour set hour = hour - ${hours} * interval '1 hour'`);
  await w.database.db.execute(
    sql`update api_usage set org_heard_at = org_heard_at - ${hours} * interval '1 hour'`,
  );
  later();
}

const one = (lane: keyof typeof lanes): string => `9${lanes[lane]}`;

/** A record in each lane, due now. */
async function oneInEachLane(): Promise<void> {
  for (const lane of Object.keys(lanes) as (keyof typeof lanes)[]) {
    await w.contacts(person(one(lane)));
    await w.database.db.execute(sql`
      update record_direction set lane = ${lanes[lane]}
      where record_id in (select id from record where key = ${one(lane)})`);
  }
}

const written = async () =>
  (await w.records("Account"))
    .map(({ SyncId__c: key }) => String(key))
    .filter((key) => key.startsWith("9"))
    .map((key) => Number(key.slice(1)) as Lane)
    .sort((a, b) => a - b);

const callsByLane = async () =>
  new Map(
    (await w.rows(sql`select lane, sum(calls)::int as calls from call_hour group by lane`)).map((row) => [
      row["lane"],
      row["calls"],
    ]),
  );

/** One contact through, so that the org has said how much it allows. */
async function hearTheOrg(): Promise<void> {
  await w.contacts(person("1000"));
  await w.drain();
  later();
}

describe("calls of the connector", () => {
  it("are counted by hour for the lane that they are made for, and told of at once", async () => {
    await w.contacts(person("1"));
    await w.drain();
    await vi.waitFor(async () => {
      const calls = await callsByLane();
      expect(calls.get(lanes.liveContacts)).toBeGreaterThan(0);
      expect([...calls.keys()]).toEqual([lanes.liveContacts]);
    });
    const status = await budgetStatus(w.database.db, { id: w.world.connectionId, timeZone: "Europe/Zurich" });
    expect(status).toMatchObject({ dailyCalls: "50%", granted, limit: dailyApiRequests, closed: [] });
  });
});

describe("what is granted runs short", () => {
  it.each([
    [10, [0, 1, 2, 3, 4]],
    [100, [0, 1, 2, 3]],
    [120, [0, 1, 2]],
    [150, [0, 1]],
    [180, [0]],
    [200, []],
  ] satisfies [number, Lane[]][])(
    "after %i of 200 calls the lanes %j are written, and the rest waits untouched",
    async (used, expected) => {
      await hearTheOrg();
      await spend(used - (await usedNow()));
      await oneInEachLane();
      await w.drain();
      const through = await written();
      expect(through).toEqual(expected);
      const others = await w.rows(sql`
      select d.lane, d.state, d.attempts from record_direction d join record r on r.id = d.record_id
      where r.key like '9%' and d.state <> 'idle' order by d.lane`);
      expect(others).toEqual(
        [0, 1, 2, 3, 4]
          .filter((lane) => !through.some((one) => one === lane))
          .map((lane) => ({ lane, state: "pending", attempts: 0 })),
      );
    },
  );

  async function usedNow(): Promise<number> {
    const { ours } = await budgetStatus(w.database.db, { id: w.world.connectionId, timeZone: "UTC" });
    return ours;
  }

  it("lets live orders go on to the last call, and everything drains in its order when the hours leave", async () => {
    await hearTheOrg();
    await spend(180 - (await usedNow()));
    await oneInEachLane();
    await w.drain();
    expect(await written()).toEqual([lanes.liveOrders]);
    // Nothing spins: what is due waits for calls, and is no work until there are some.
    expect(await dueWork(w.database.db)).toEqual([]);
    expect(await w.drain()).toMatchObject({ batches: 0, records: 0 });
    await pass(23);
    await w.drain();
    expect(await written()).toEqual([lanes.liveOrders]);
    await pass(1);
    await w.drain();
    await pass(1);
    await w.drain();
    expect(await written()).toEqual([0, 1, 2, 3, 4]);
    expect(await w.rows(sql`select distinct state from record_direction`)).toEqual([{ state: "idle" }]);
  });

  it("gives way to the org's other integrations, but for live orders", async () => {
    await w.othersCall(dailyApiRequests - 30);
    await hearTheOrg();
    await oneInEachLane();
    await w.drain();
    expect(await written()).toEqual([lanes.liveOrders, lanes.liveContacts]);
    await w.othersCall(20);
    await w.contacts(person(one("liveOrders"), "Klein"));
    await w.database.db.execute(sql`
      update record_direction set lane = 0
      where record_id in (select id from record where key = ${one("liveOrders")})`);
    expect(await w.drain()).toMatchObject({ records: 1 });
    await w.contacts(person(one("liveContacts"), "Klein"));
    expect(await w.drain()).toMatchObject({ records: 0 });
    const status = await budgetStatus(w.database.db, { id: w.world.connectionId, timeZone: "UTC" });
    expect(status.others).toBeGreaterThan(dailyApiRequests - 40);
    expect(status.waiting).toMatchObject({ "contacts-in": 4 });
  });

  it("counts what this process spends without asking the database: a backlog stops where its share ends", async () => {
    await hearTheOrg();
    await spend(110 - (await usedNow()));
    await w.contacts(...Array.from({ length: 5 }, (_, index) => person(`90${index}`)));
    await w.database.db.execute(sql`update record_direction set lane = 3 where state = 'pending'`);
    // One by one, as many calls as it takes.
    for (let batches = 0; batches < 60; batches++) {
      if (!(await lanesThatMaySpend(w.database.db, w.world.connectionId)).includes(lanes.backfill)) break;
      const { side } = await w.openDeps(w.world.connectionId, "in");
      await side.writableObjects();
    }
    expect(await usedNow()).toBeLessThanOrEqual(121);
    expect(await w.drain()).toMatchObject({ records: 0 });
  });

  it("grants more at once when an admin says so", async () => {
    await hearTheOrg();
    await spend(200);
    await w.contacts(person("95"));
    expect(await w.drain()).toMatchObject({ records: 0 });
    const change = { institution: "myvenue", dailyCalls: 390, actor: "crm@myvenue.example" } as const;
    expect(await grantCalls(w.database.db, { ...change, revision: "49%" })).toMatchObject({
      outcome: "conflict",
      stored: { dailyCalls: "50%" },
    });
    expect(await grantCalls(w.database.db, { ...change, revision: "50%" })).toMatchObject({
      outcome: "saved",
    });
    later();
    expect(await w.drain()).toMatchObject({ records: 1 });
    expect(
      await w.rows(sql`select actor, action, subject from audit_log where action like 'Salesforce calls%'`),
    ).toEqual([
      { actor: "crm@myvenue.example", action: "Salesforce calls granted", subject: "390 in 24 hours" },
    ]);
  });
});

describe("reading what changed in Salesforce", () => {
  async function pollOnce(): Promise<number> {
    const [feed] = await claimFeeds(w.database.db, w.world.connectionId);
    if (!feed) throw new Error("no feed to claim");
    expect(await pollFeed({ db: w.database.db, log: silent, openDeps: w.openDeps }, feed)).not.toBeNull();
    const [row] = await w.rows(sql`
      select round(extract(epoch from due_at - last_polled_at))::int as seconds, fault from feed`);
    expect(row?.["fault"]).toBeNull();
    return Number(row?.["seconds"]);
  }

  it("slows down while calls are short, never stops, and is counted for the lane of replays", async () => {
    await w.connect({ s360: ", operator: O, partner: P, secret: env:SECRET" });
    await hearTheOrg();
    expect(await pollOnce()).toBe(300);
    await spend(160);
    expect(await pollOnce()).toBe(20 * 60);
    await spend(1_000);
    expect(await pollOnce()).toBe(20 * 60);
    await pass(25);
    expect(await pollOnce()).toBe(300);
    await vi.waitFor(async () => expect((await callsByLane()).get(lanes.replay)).toBeGreaterThan(2));
  });
});

describe("people are told", () => {
  const connection = () => ({ id: w.world.connectionId, timeZone: "Europe/Zurich" });
  const notices = () =>
    w.rows(sql`select about, state, sentence from review where kind = 'calls_short' order by id`);

  it("once a lane has records that wait, once a day, and the notice closes by itself", async () => {
    await hearTheOrg();
    await spend(155);
    expect(await keepCallNotices(w.database.db, connection())).toEqual([]);
    await oneInEachLane();
    expect(await keepCallNotices(w.database.db, connection())).toEqual([
      lanes.replay,
      lanes.backfill,
      lanes.reconciliation,
    ]);
    await Promise.all([1, 2, 3].map(() => keepCallNotices(w.database.db, connection())));
    const told = await notices();
    expect(told.map(({ about, state }) => [about, state])).toEqual([
      ["lane 2", "open"],
      ["lane 3", "open"],
      ["lane 4", "open"],
    ]);
    expect(told[1]?.["sentence"]).toMatch(
      /^Imports and re-processing wait: \d+ of the 200 calls to Salesforce that are granted in 24 hours are used/,
    );
    await pass(25);
    expect(await keepCallNotices(w.database.db, connection())).toEqual([]);
    expect((await notices()).map(({ state }) => state)).toEqual(["closed", "closed", "closed"]);
    await spend(155);
    expect(await keepCallNotices(w.database.db, connection())).toHaveLength(3);
    expect(await notices()).toHaveLength(3);
  });
});
