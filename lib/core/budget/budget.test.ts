import { describe, expect, it } from "vitest";
import { lanes, type Lane } from "../words";
import { laneVerdicts, openLanes, usedByOthers, usedByUs, type BudgetFacts } from "./budget";

const hour = 60 * 60_000;
const now = Date.parse("2026-11-30T14:20:00Z");
const thisHour = Date.parse("2026-11-30T14:00:00Z");

/** 1,000 calls granted of 2,000, so many of them made in the hour that runs, by nobody else. */
const after = (calls: number, more: Partial<BudgetFacts> = {}): BudgetFacts => ({
  dailyCalls: "50%",
  hours: [{ hourMs: thisHour, lane: lanes.liveOrders, calls }],
  org: { used: calls, limit: 2_000, heardMs: now },
  ...more,
});

const names = Object.keys(lanes) as (keyof typeof lanes)[];
const openNames = (facts: BudgetFacts, at = now) =>
  openLanes(facts, at).map((lane) => names.find((name) => lanes[name] === lane));

describe("lanes give way one after the other", () => {
  it.each([
    [0, ["liveOrders", "liveContacts", "replay", "backfill", "reconciliation"]],
    [499, ["liveOrders", "liveContacts", "replay", "backfill", "reconciliation"]],
    [500, ["liveOrders", "liveContacts", "replay", "backfill"]],
    [600, ["liveOrders", "liveContacts", "replay"]],
    [750, ["liveOrders", "liveContacts"]],
    [900, ["liveOrders"]],
    [999, ["liveOrders"]],
    [1_000, []],
    [5_000, []],
  ])("after %i of 1,000 granted calls %j may spend", (calls, open) => {
    expect(openNames(after(calls))).toEqual(open);
  });

  it("counts calls of every lane alike", () => {
    const half = { hourMs: thisHour, calls: 300 };
    const hours = [
      { ...half, lane: lanes.liveContacts },
      { ...half, lane: lanes.reconciliation },
    ];
    expect(openNames(after(0, { hours }))).toEqual(["liveOrders", "liveContacts", "replay"]);
  });

  it("keeps everything open while nobody knows what a share is a share of", () => {
    expect(openNames(after(90_000, { org: null }))).toHaveLength(5);
  });

  it("holds a number even before the org was heard", () => {
    expect(openNames(after(950, { org: null, dailyCalls: 1_000 }))).toEqual(["liveOrders"]);
  });

  it("never grants more than the org allows", () => {
    expect(openNames(after(1_900, { dailyCalls: 50_000 }))).toEqual(["liveOrders"]);
  });
});

describe("the other integrations of the org", () => {
  const crowded = (others: number, heardMs = now) =>
    after(100, { org: { used: 100 + others, limit: 2_000, heardMs } });

  it("are what the org counts more than the connector", () => {
    expect(usedByOthers(crowded(1_500), now)).toBe(1_500);
    expect(usedByOthers(after(100, { org: { used: 20, limit: 2_000, heardMs: now } }), now)).toBe(0);
  });

  it("make lanes give way too, though little of what was granted is used", () => {
    expect(openNames(crowded(1_300))).toEqual(names);
    expect(openNames(crowded(1_400))).toEqual(["liveOrders", "liveContacts", "replay", "backfill"]);
    expect(openNames(crowded(1_800))).toEqual(["liveOrders"]);
  });

  it("never stop live orders: only the org itself knows whether it takes one more", () => {
    expect(openNames(crowded(5_000))).toEqual(["liveOrders"]);
  });

  it("are asked about again after an hour without a call", () => {
    const old = crowded(1_800, now - hour);
    expect(openNames(old, now)).toEqual(names);
    expect(laneVerdicts(crowded(1_800), now)[lanes.backfill]).toEqual({
      lane: lanes.backfill,
      open: false,
      opensAtMs: now + hour,
    });
  });
});

describe("a lane that gave way", () => {
  const made = (hoursAgo: number, calls: number) => ({
    hourMs: thisHour - hoursAgo * hour,
    lane: lanes.backfill as Lane,
    calls,
  });
  const facts = after(0, {
    hours: [made(23, 200), made(10, 300), made(1, 450)],
    org: null,
    dailyCalls: 1_000,
  });
  const opensAt = (lane: Lane) => laneVerdicts(facts, now)[lane]?.opensAtMs;

  it("opens when enough hours have left the last 24, one whole hour at a time", () => {
    expect(usedByUs(facts, now)).toBe(950);
    expect(opensAt(lanes.liveContacts)).toBe(thisHour + 2 * hour);
    expect(opensAt(lanes.replay)).toBe(thisHour + 15 * hour);
    expect(opensAt(lanes.reconciliation)).toBe(thisHour + 15 * hour);
    expect(openLanes(facts, thisHour + 2 * hour - 1)).toEqual([lanes.liveOrders]);
    expect(openLanes(facts, thisHour + 2 * hour)).toEqual([lanes.liveOrders, lanes.liveContacts]);
  });

  it("is told when, only while it is closed", () => {
    expect(laneVerdicts(facts, now)[lanes.liveOrders]).toEqual({ lane: 0, open: true, opensAtMs: null });
  });
});

it("opens every lane again a day after the last call, whatever was made", () => {
  expect(openNames(after(100_000), thisHour + 25 * hour - 1)).toEqual([]);
  expect(openNames(after(100_000), thisHour + 25 * hour)).toEqual(names);
});

it("leaves live orders the only call there is", () => {
  expect(openNames(after(0, { dailyCalls: 1 }))).toEqual(names);
  expect(openNames(after(1, { dailyCalls: 1 }))).toEqual([]);
});
