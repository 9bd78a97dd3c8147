import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { breather, OwnWork, ownTurn } from "./turns";

afterEach(() => vi.restoreAllMocks());

test("of many who wait at once, each has a turn of the event loop of its own", async () => {
  let turn = 0;
  let counting = true;
  const count = async () => {
    for (; counting; turn++) await nextTurn();
  };
  void count();
  const had = await Promise.all(Array.from({ length: 5 }, () => ownTurn().then(() => turn)));
  counting = false;
  expect(new Set(had).size).toBe(5);
});

test("a breather lets go only after it has held the process for a while", async () => {
  const breathe = breather();
  let others = 0;
  setImmediate(() => others++);
  await breathe();
  expect(others).toBe(0);
  const until = performance.now() + 10;
  while (performance.now() < until);
  await breathe();
  expect(others).toBe(1);
});

test("own work is what the processor does between turns, not what it does for others meanwhile", async () => {
  let milliseconds = 0;
  vi.spyOn(process, "cpuUsage").mockImplementation(() => ({
    user: milliseconds * 600,
    system: milliseconds * 400,
  }));
  const work = new OwnWork();
  milliseconds += 7;
  const turn = work.breathe();
  milliseconds += 100;
  await turn;
  milliseconds += 3;
  expect(work.doneMs()).toBe(10);
});
