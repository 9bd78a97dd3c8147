import { expect, test } from "vitest";
import { finishesInTime } from "./stopping";

const never = new Promise<void>(() => undefined);

test("a worker finishes what it has in hand", async () => {
  const stopping = new AbortController();
  const work = new Promise<void>((resolve) => setTimeout(resolve, 30));
  setTimeout(() => stopping.abort(), 10);
  expect(await finishesInTime(work, stopping.signal, 60_000)).toBe(true);
});

test("a worker that is not asked to stop has all the time it wants", async () => {
  const work = new Promise<void>((resolve) => setTimeout(resolve, 30));
  expect(await finishesInTime(work, new AbortController().signal, 1)).toBe(true);
});

test("a worker that cannot finish in time says so, also when it was told before it began", async () => {
  const stopping = new AbortController();
  setTimeout(() => stopping.abort(), 10);
  const startedAt = performance.now();
  expect(await finishesInTime(never, stopping.signal, 50)).toBe(false);
  expect(performance.now() - startedAt).toBeGreaterThan(50);
  expect(await finishesInTime(never, AbortSignal.abort(), 10)).toBe(false);
});

test("what broke is told at once", async () => {
  await expect(
    finishesInTime(Promise.reject(new Error("broken")), new AbortController().signal, 60_000),
  ).rejects.toThrow("broken");
});
