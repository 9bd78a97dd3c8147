import { describe, expect, it } from "vitest";
import { lanes } from "../words";
import { forecastCalls } from "./forecast";
import type { BudgetFacts } from "./budget";

const hour = 60 * 60_000;
const at = (time: string) => Date.parse(`2026-11-30T${time}:00Z`);
const now = at("15:00");
const day = { beganMs: at("00:00"), endsMs: at("00:00") + 24 * hour };

/** 2,000 calls granted of 4,000; by hour of the day, what was made. */
const made = (hours: Readonly<Record<string, number>>, others = 0): BudgetFacts => {
  const ours = Object.values(hours).reduce((sum, calls) => sum + calls, 0);
  return {
    dailyCalls: "50%",
    hours: Object.entries(hours).map(([time, calls]) => ({
      hourMs: at(time),
      lane: lanes.liveOrders,
      calls,
    })),
    org: { used: ours + others, limit: 4_000, heardMs: now },
  };
};

describe("calls of the day", () => {
  it("go on as in the last three hours until midnight", () => {
    const facts = made({ "08:00": 90, "12:59": 0, "13:00": 60, "14:00": 60 });
    // 60 an hour for nine hours more; the hour that runs has just begun.
    expect(forecastCalls(facts, now, day).byMidnight).toBe(210 + 9 * 60);
  });

  it("leave out what was made before the day began, though it still counts in the last 24 hours", () => {
    const facts = made({ "12:00": 10 });
    const yesterday = { hourMs: at("20:00") - 24 * hour, lane: lanes.backfill, calls: 5_000 };
    expect(forecastCalls({ ...facts, hours: [...facts.hours, yesterday] }, now, day).byMidnight).toBe(10);
  });

  it("are what they are when nothing moves any more", () => {
    expect(forecastCalls(made({ "02:00": 40 }), now, day)).toEqual({ byMidnight: 40, givesWay: [] });
    expect(forecastCalls(made({}), now, day)).toEqual({ byMidnight: 0, givesWay: [] });
  });
});

describe("lanes that will give way before midnight", () => {
  it("are told in their order, each with its time to the quarter of an hour", () => {
    const facts = made({ "13:00": 400, "14:00": 400 });
    // 800 made, 400 an hour more: half of 2,000 is reached at 15:30.
    expect(forecastCalls(facts, now, day).givesWay).toEqual([
      { lane: lanes.reconciliation, atMs: at("15:30") },
      { lane: lanes.backfill, atMs: at("16:00") },
      { lane: lanes.replay, atMs: at("16:45") },
      { lane: lanes.liveContacts, atMs: at("17:30") },
      { lane: lanes.liveOrders, atMs: at("18:00") },
    ]);
  });

  it("come sooner where other integrations use up the org", () => {
    const alone = forecastCalls(made({ "13:00": 100, "14:00": 100 }), now, day).givesWay[0];
    const crowded = forecastCalls(made({ "13:00": 100, "14:00": 100 }, 2_500), now, day).givesWay[0];
    expect(alone).toEqual({ lane: lanes.reconciliation, atMs: at("23:00") });
    expect(crowded).toEqual({ lane: lanes.reconciliation, atMs: at("18:00") });
  });

  it("do not count those that give way already", () => {
    const facts = made({ "01:00": 1_100 });
    expect(forecastCalls(facts, now, day).givesWay).toEqual([]);
  });

  it("know that yesterday's calls leave meanwhile", () => {
    const facts = made({ "13:00": 100, "14:00": 100 });
    const yesterday = { hourMs: at("16:00") - 24 * hour, lane: lanes.backfill, calls: 700 };
    const { givesWay } = forecastCalls({ ...facts, hours: [...facts.hours, yesterday] }, now, day);
    expect(givesWay[0]).toEqual({ lane: lanes.reconciliation, atMs: at("16:00") });
    expect(givesWay).toHaveLength(1);
  });
});
