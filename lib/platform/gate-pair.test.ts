import { eq, sql } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { gate } from "@/drizzle/schema";
import { insertTestConnection } from "@/testing/connection";
import { testDatabase } from "@/testing/database";
import { backOff, GateClosed, tryToken } from "./gate";
import { mostHeldMs, type Pace, type Stride } from "./gate-pace";
import { paySurcharge, takePair, tryPair } from "./gate-pair";

const database = testDatabase();
const strict: Pace = { perMinute: 60, strict: true };
afterEach(() => vi.restoreAllMocks());

const connect = (institution: string) => insertTestConnection(database.db, institution);
const single = (connectionId: number, pace: Pace) => tryToken(database.db, connectionId, "s360", pace);
const pairAt = (connectionId: number, pace: Pace) => tryPair(database.db, connectionId, "s360", pace);
const take = (connectionId: number, pace: Pace = strict) => takePair(database.db, connectionId, "s360", pace);

/** As if time went on: every place comes closer. */
async function pass(connectionId: number, ms: number): Promise<void> {
  await database.db
    .update(gate)
    .set({ nextAt: sql`next_at - ${ms} * interval '1 millisecond'` })
    .where(eq(gate.connectionId, connectionId));
}

interface Held {
  readonly dueMs: number;
  readonly heldMs: number;
  readonly pair: Stride;
}

/**
 * When calls that come as early as they may go out, in the milliseconds of a clock that is moved on instead of waited
 * for. `heldMs`: null for a single call, else how long after the n-th call the second of a pair follows.
 */
async function departures(
  connectionId: number,
  pace: Pace,
  number: number,
  heldMs: (n: number) => number | null,
  pauseMs: (n: number) => number = (n) => (n % 25 === 0 ? 20_000 : 0),
): Promise<number[]> {
  const startedAt = performance.now();
  const times: number[] = [];
  const waiting: Held[] = [];
  let passedMs = 0;
  while (times.length < number) {
    const nowMs = passedMs + performance.now() - startedAt;
    const [next] = waiting.sort((a, b) => a.dueMs - b.dueMs);
    if (next && next.dueMs <= nowMs) {
      waiting.shift();
      if (await paySurcharge(database.db, connectionId, "s360", next.pair, next.heldMs)) times.push(nowMs);
      continue;
    }
    const ms = heldMs(times.length);
    const pair = ms === null ? null : await pairAt(connectionId, pace);
    const waitMs = pair?.waitMs ?? (await single(connectionId, pace));
    if (waitMs === 0) times.push(nowMs);
    if (waitMs === 0 && pair && ms !== null) waiting.push({ dueMs: nowMs + ms, heldMs: ms, pair: pair.pair });
    const moveMs = Math.min(waitMs || pauseMs(times.length), Math.max(0, (next?.dueMs ?? Infinity) - nowMs));
    if (moveMs > 0) await pass(connectionId, moveMs);
    passedMs += moveMs;
  }
  return times.sort((a, b) => a - b);
}

/** A minute, and two seconds more for calls that were slow under way (gate-pace.ts). */
const windowMs = 61_900;

function mostInAMinute(times: readonly number[]): number {
  return Math.max(
    ...times.map((from) => times.filter((time) => time >= from && time <= from + windowMs).length),
  );
}

const holds: Readonly<Record<string, (n: number) => number | null>> = {
  "pairs held to the end": () => mostHeldMs,
  "pairs that go on at once": () => 0,
  "pairs held to the end, then singles": (n) => (n % 30 < 8 ? mostHeldMs : null),
  "a pair before a quiet time, then singles": (n) => (n % 25 === 24 ? mostHeldMs : null),
  "singles, then pairs": (n) => (n % 70 < 61 ? null : 0),
  "pairs and singles by turns": (n) => (n % 3 === 0 ? (n * 701) % mostHeldMs : null),
};
const cases = Object.keys(holds).flatMap((title) =>
  [2, 3, 20, 31, 60, 150].map((perMinute) => ({ title, perMinute })),
);

test.each(cases)("no minute holds more than $perMinute calls: $title", async ({ title, perMinute }) => {
  const pace = { perMinute, strict: true };
  const number = Math.max(20, 3 * perMinute);
  const connectionId = await connect(`${title} ${perMinute}`);
  const times = await departures(connectionId, pace, number, holds[title] ?? (() => null));
  expect(mostInAMinute(times)).toBeLessThanOrEqual(perMinute);
});

test("pairs that are soon done nearly use up a strict pace too", async () => {
  const soon = () => 500;
  const times = await departures(await connect("busy"), strict, 110, soon, () => 0);
  expect(times.length / ((times.at(-1) ?? 0) / 60_000)).toBeGreaterThan(50);
});

test("the second place is used once, without waiting, and costs nothing more when it is soon used", async () => {
  const held = await take(await connect("soon"));
  const before = await database.db.select().from(gate);
  expect(await held?.use()).toBe(true);
  expect(await held?.use()).toBe(false);
  expect(await database.db.select().from(gate)).toEqual(before);
});

test("after five seconds it has lapsed", async () => {
  const held = await take(await connect("lapsed"));
  const nowMs = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(nowMs + mostHeldMs);
  expect(await held?.use()).toBe(false);
});

test("at one call a minute there is no pair, and one place is taken", async () => {
  const connectionId = await connect("slow");
  const pace = { perMinute: 1, strict: true };
  expect(await take(connectionId, pace)).toBeNull();
  expect(await single(connectionId, pace)).toBeGreaterThan(60_000);
});

test("a pair waits for a back-off as everybody does, and one that is late is not used in it", async () => {
  const connectionId = await connect("refused");
  const { pair } = (await pairAt(connectionId, strict)) ?? expect.fail("no pair");
  await backOff(database.db, connectionId, "s360", 20_000);
  expect(await paySurcharge(database.db, connectionId, "s360", pair, 3_000)).toBe(false);
  expect((await pairAt(connectionId, strict))?.waitMs).toBeGreaterThan(19_000);
  await backOff(database.db, connectionId, "s360", 300_000);
  await expect(take(connectionId)).rejects.toThrow(GateClosed);
});

test("of many who want pairs at once each gets one", async () => {
  const connectionId = await connect("crowd");
  const pace = { perMinute: 3_000, strict: true };
  const got = await Promise.all(Array.from({ length: 5 }, () => take(connectionId, pace)));
  expect(got).not.toContain(null);
});
