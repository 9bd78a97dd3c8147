import { and, eq, sql } from "drizzle-orm";
import { expect, it, test } from "vitest";
import { apiUsage, gate } from "@/drizzle/schema";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { backOff, countCall, GateClosed, QuotaUsedUp, takeToken, tryToken } from "./gate";
import type { Pace } from "./gate-pace";
import { gateUse, readClockSkew, setBoost, storeClockSkew } from "./gate-use";

const database = testDatabase();
const strict: Pace = { perMinute: 60, strict: true };

const connect = (institution: string) => insertTestConnection(database.db, institution);
const attempt = (connectionId: number, pace: Pace) => tryToken(database.db, connectionId, "s360", pace);

/** As if time went on: every place comes closer. */
async function pass(connectionId: number, ms: number): Promise<void> {
  await database.db
    .update(gate)
    .set({ nextAt: sql`next_at - ${ms} * interval '1 millisecond'` })
    .where(eq(gate.connectionId, connectionId));
}

/** When calls that come as early as they may go out, in the milliseconds of a clock that is moved on instead of waited for. */
async function departures(
  connectionId: number,
  pace: Pace,
  number: number,
  pauseMs: (n: number) => number,
): Promise<number[]> {
  const startedAt = performance.now();
  const times: number[] = [];
  let passedMs = 0;
  while (times.length < number) {
    const waitMs = await attempt(connectionId, pace);
    const nowMs = passedMs + performance.now() - startedAt;
    if (waitMs === 0) times.push(nowMs);
    const moveMs = waitMs === 0 ? pauseMs(times.length) : waitMs;
    if (moveMs > 0) await pass(connectionId, moveMs);
    passedMs += moveMs;
  }
  return times;
}

function mostInAMinute(times: readonly number[]): number {
  return Math.max(
    ...times.map((from) => times.filter((time) => time >= from && time <= from + 60_000).length),
  );
}

it("lets a burst pass and then holds calls to the pace, over all who ask", async () => {
  const connectionId = await connect("paced");
  const startedAt = performance.now();
  const pace = { perMinute: 1_200 };
  await Promise.all(Array.from({ length: 16 }, () => takeToken(database.db, connectionId, "s360", pace)));
  const tookMs = performance.now() - startedAt;
  // 16 calls at 50 ms each, ten of them at once.
  expect(tookMs).toBeGreaterThan(240);
  expect(tookMs).toBeLessThan(2_000);
});

test.each([
  ["without a pause", () => 0],
  ["after pauses of half a minute", (n: number) => (n % 20 === 0 ? 30_000 : 0)],
  ["in threes", (n: number) => (n % 3 === 0 ? 5_000 : 0)],
])("no minute of a strict gate holds more than its pace: calls %s", async (title, pauseMs) => {
  const times = await departures(await connect(`strict ${title}`), strict, 150, pauseMs);
  expect(mostInAMinute(times)).toBeLessThanOrEqual(60);
});

test("calls that come without a pause nearly use up a strict pace", async () => {
  const times = await departures(await connect("busy"), strict, 120, () => 0);
  expect(mostInAMinute(times)).toBeGreaterThan(55);
});

test("the lowest pace lets one call a minute through", async () => {
  const times = await departures(await connect("slow"), { perMinute: 1, strict: true }, 5, () => 0);
  expect(mostInAMinute(times)).toBe(1);
});

test("after a back-off nobody passes before it is over, not even those who were waiting for their place", async () => {
  const connectionId = await connect("refused");
  while ((await attempt(connectionId, strict)) === 0);
  await backOff(database.db, connectionId, "s360", 20_000);
  expect(await attempt(connectionId, strict)).toBeGreaterThan(19_000);
  await backOff(database.db, connectionId, "s360", 1_000);
  expect(await attempt(connectionId, strict)).toBeGreaterThan(19_000);
  await pass(connectionId, 20_000);
  expect(await attempt(connectionId, strict)).toBe(0);
  expect(await attempt(connectionId, strict)).toBeGreaterThan(0);
});

test("a call does not wait out a long back-off with its record in hand", async () => {
  const connectionId = await connect("closed");
  await backOff(database.db, connectionId, "s360", 300_000);
  await expect(takeToken(database.db, connectionId, "s360", strict)).rejects.toThrow(GateClosed);
});

test("the month's calls are counted over its days, and nothing is sent beyond them", async () => {
  const connectionId = await connect("monthly");
  const [now] = (
    await database.db.execute<{ today: string }>(
      sql`select to_char(now() at time zone 'utc', 'YYYY-MM-DD') as today`,
    )
  ).rows;
  const first = `${now?.today.slice(0, 7)}-01`;
  await database.db.insert(apiUsage).values([
    { connectionId, system: "s360", day: "2020-01-31", calls: 500 },
    { connectionId, system: "salesforce", day: first, calls: 500 },
    { connectionId, system: "s360", day: first, calls: 9 },
  ]);
  const pace = { ...strict, perMonth: 10 };
  expect(await attempt(connectionId, pace)).toBe(0);
  await countCall(database.db, connectionId, "s360");
  const refused = await attempt(connectionId, pace).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(QuotaUsedUp);
  const until = refused instanceof QuotaUsedUp ? refused.until.toISOString() : "";
  expect(until).toMatch(/-01T00:00:00\.000Z$/);
  expect(until > (now?.today ?? "")).toBe(true);
  expect(await attempt(connectionId, { ...strict, perMonth: 0 })).toBe(0);
});

test("a pace that was granted for a while is in force until its end", async () => {
  const connectionId = await connect("boosted");
  const { db } = database;
  const now = new Date();
  const until = new Date(now.getTime() + 3_600_000);
  await setBoost(db, connectionId, "s360", { perMinute: 6_000, until });
  const passed = async () => {
    let number = 0;
    while ((await attempt(connectionId, strict)) === 0 && number < 20) number++;
    return number;
  };
  expect(await passed()).toBe(20);
  expect(await gateUse(db, connectionId, "s360", strict, now)).toMatchObject({
    perMinute: 6_000,
    boost: { perMinute: 6_000, until },
  });
  expect(await gateUse(db, connectionId, "s360", strict, until)).toMatchObject({
    perMinute: 60,
    boost: null,
  });
  await setBoost(db, connectionId, "s360", { perMinute: 6_000, until: now });
  await pass(connectionId, 60_000);
  expect(await passed()).toBe(2);
  await setBoost(db, connectionId, "s360", null);
  const [row] = await db
    .select()
    .from(gate)
    .where(and(eq(gate.connectionId, connectionId)));
  expect(row).toMatchObject({ boostPerMinute: null, boostUntil: null });
});

test("what was used is told by day and month, with the month's limit and forecast", async () => {
  const connectionId = await connect("used");
  const days = { "2026-10-31": 1_000, "2026-11-01": 30, "2026-11-11": 20, "2026-11-12": 7 };
  await database.db
    .insert(apiUsage)
    .values(Object.entries(days).map(([day, calls]) => ({ connectionId, system: "s360", day, calls })));
  const use = (pace: Pace, now: string) => gateUse(database.db, connectionId, "s360", pace, new Date(now));
  expect(await use({ ...strict, perMonth: 10_000 }, "2026-11-11T00:00:00Z")).toEqual({
    today: 20,
    month: 50,
    perMonth: 10_000,
    forecast: 150,
    perMinute: 60,
    boost: null,
    clockSkewMs: null,
  });
  expect(await use({ ...strict, perMonth: 0 }, "2026-12-01T00:00:00Z")).toMatchObject({
    today: 0,
    month: 0,
    perMonth: null,
    forecast: 0,
  });
});

test("the other clock is remembered, however far off it is", async () => {
  const connectionId = await connect("skewed");
  expect(await readClockSkew(database.db, connectionId, "s360")).toBeNull();
  await storeClockSkew(database.db, connectionId, "s360", -3_500.4);
  expect(await readClockSkew(database.db, connectionId, "s360")).toBe(-3_500);
  await storeClockSkew(database.db, connectionId, "s360", 1e12);
  expect(await readClockSkew(database.db, connectionId, "s360")).toBe(2_000_000_000);
  expect(await attempt(connectionId, strict)).toBe(0);
});

it("counts calls per day and keeps the org's own count with the time it was heard", async () => {
  const connectionId = await connect("counted");
  await countCall(database.db, connectionId, "salesforce", { org: { used: 7, limit: 100 } });
  await countCall(database.db, connectionId, "salesforce");
  const rows = await database.db.execute(
    sql`select calls, org_used, org_limit, org_heard_at <= now() as heard from api_usage where connection_id = ${connectionId}`,
  );
  expect(rows.rows).toEqual([{ calls: 2, org_used: 7, org_limit: 100, heard: true }]);
});

it("counts calls of a lane by hour, and forgets hours that nobody asks for any more", async () => {
  const connectionId = await connect("by-hour");
  const { db } = database;
  const hour = sql`date_trunc('hour', now(), 'UTC')`;
  await db.execute(sql`insert into call_hour (connection_id, hour, lane, calls) values
    (${connectionId}, ${hour} - interval '26 hours', 3, 5), (${connectionId}, ${hour} - interval '51 hours', 3, 9)`);
  await Promise.all([0, 1, 1, 1].map((lane) => countCall(db, connectionId, "salesforce", { lane })));
  await countCall(db, connectionId, "s360");
  const rows = await db.execute(sql`
    select (extract(epoch from hour - ${hour}) / 3600)::int as hour, lane, calls from call_hour
    where connection_id = ${connectionId} order by 1, 2`);
  expect(rows.rows).toEqual([
    { hour: -26, lane: 3, calls: 5 },
    { hour: 0, lane: 0, calls: 1 },
    { hour: 0, lane: 1, calls: 3 },
  ]);
});
