import { expect, test } from "vitest";
import { paceSentence, withSeen, type Seen } from "./pace";

const after = (...seen: readonly (readonly [seconds: number, done: number])[]) =>
  seen.reduce<readonly Seen[]>((all, [seconds, done]) => withSeen(all, { atMs: seconds * 1_000, done }), []);

test("nothing is told before something was seen to go on for a while", () => {
  expect(paceSentence([], 100)).toBeNull();
  expect(paceSentence(after([0, 0], [1, 900]), 5_000)).toBeNull();
  expect(paceSentence(after([0, 10], [5, 10]), 5_000)).toBeNull();
});

test.each([
  [6_000, "1,000 a second, a few seconds left"],
  [50_000, "1,000 a second, about 50 seconds left"],
  [604_000, "1,000 a second, about 10 minutes left"],
  [10_800_000, "1,000 a second, about 3 hours left"],
])("the rate and what is left of %d", (total, sentence) => {
  expect(paceSentence(after([0, 0], [2, 2_000], [4, 4_000]), total)).toBe(sentence);
});

test("goes by the last half minute, and begins anew when some of it was taken back", () => {
  expect(paceSentence(after([0, 0], [10, 10], [60, 60], [64, 4_060]), 8_060)).toMatch(/^1,000 a second/);
  expect(paceSentence(after([0, 0], [4, 4_000], [6, 100]), 8_000)).toBeNull();
});

test("what goes on slowly is said to", () => {
  expect(paceSentence(after([0, 0], [20, 4]), 6)).toBe("less than one a second, about 10 seconds left");
});
