import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { isDatabaseAway } from "./db";
import { sharedTime, TooLateError } from "./shared-time";

it("what comes in time is given back, and what fails fails as it is", async () => {
  const within = sharedTime(1_000);
  expect(await within(Promise.resolve(7))).toBe(7);
  await expect(within(Promise.reject(new Error("broken")))).rejects.toThrow("broken");
});

it("two waits share the time; what lies between them does not count", async () => {
  const within = sharedTime(200);
  await within(sleep(120));
  await sleep(120);
  await within(sleep(20));
  const tooLate: unknown = await within(sleep(150)).catch((error: unknown) => error);
  expect(tooLate).toBeInstanceOf(TooLateError);
  expect(isDatabaseAway(tooLate)).toBe(true);
});
