/** A Bulk job of which the org refused some rows because of itself: it has no room left, or no calls. */
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { RowResult } from "@/lib/core/side";
import type { OpenDeps } from "./open-deps";
import { bulkWorld } from "./test-bulk-world";

const world = bulkWorld();

/** Every so many rows are told as refused for the storage of the org; what is logged as held is counted. */
function orgWithoutRoom(every: number) {
  const held: unknown[] = [];
  const refuse = (result: RowResult, nth: number): RowResult =>
    nth % every === 0
      ? { rowId: result.rowId, ok: false, fault: { code: "org_storage", sentence: "The org is full." } }
      : result;
  const openDeps: OpenDeps = async (...given) => {
    const deps = await world.openDeps(...given);
    const { bulk } = deps.side;
    if (!bulk) throw new Error("no Bulk jobs");
    const results: typeof bulk.results = async (...asked) => (await bulk.results(...asked)).map(refuse);
    const log = Object.assign(Object.create(deps.log) as typeof deps.log, {
      warn: (_: object, text: string) => void (text === "held" && held.push(text)),
    });
    return { ...deps, log, side: { ...deps.side, bulk: { ...bulk, results } } };
  };
  return { held, openDeps };
}

async function untilItEnds(openDeps: OpenDeps): Promise<void> {
  for (let turn = 0; turn < 50 && (await world.jobs()).length > 0; turn++) {
    await world.dueNow();
    await world.advance(openDeps);
    await world.pass();
  }
}

const byState = () =>
  world.rows(sql`
    select state, attempts, count(*)::int as records from record_direction where direction = 'in'
    group by 1, 2 order by 1, 2`);

describe("a fault of the whole org among the results of a job", () => {
  it("holds the connection once, however many rows it is told of", async () => {
    const { held, openDeps } = orgWithoutRoom(250);
    await world.people(1, 501);
    await world.drain();
    await untilItEnds(openDeps);
    expect(held).toHaveLength(1);
    expect(await world.held()).toEqual({ code: "org_storage", times: 1 });
    expect(await byState()).toEqual([
      { state: "idle", attempts: 0, records: 498 },
      { state: "pending", attempts: 0, records: 3 },
    ]);
    expect(await world.rows(sql`select distinct outcome from attempt`)).toEqual([{ outcome: "created" }]);
  });

  it("holds it also where the rows after it were written", async () => {
    const { openDeps } = orgWithoutRoom(10_000);
    await world.people(1, 501);
    await world.drain();
    await untilItEnds(openDeps);
    expect(await world.held()).toEqual({ code: "org_storage", times: 1 });
    await world.waitForHold();
    await world.drain();
    expect(await byState()).toEqual([{ state: "idle", attempts: 0, records: 501 }]);
  });
});
