import { expect, test } from "vitest";
import { SignInThrottle } from "./sign-in-throttle";

const second = 1000;

function clock() {
  let now = 0;
  return { now: () => now, pass: (seconds: number) => (now += seconds * second) };
}

test("lets a few tries through, then says how long to wait, then lets the next one through", () => {
  const { now, pass } = clock();
  const throttle = new SignInThrottle({ windowSeconds: 60, perEmail: 2, altogether: 100 }, now);
  expect(throttle.take("a@venue.example")).toBe(0);
  pass(10);
  expect(throttle.take("A@venue.example ")).toBe(0);
  expect(throttle.take("a@venue.example")).toBe(50);
  pass(50);
  expect(throttle.take("a@venue.example")).toBe(0);
});

test("asking while it is refused does not make the wait longer", () => {
  const { now, pass } = clock();
  const throttle = new SignInThrottle({ windowSeconds: 60, perEmail: 1, altogether: 100 }, now);
  throttle.take("a@venue.example");
  pass(59);
  expect(throttle.take("a@venue.example")).toBe(1);
  pass(1);
  expect(throttle.take("a@venue.example")).toBe(0);
});

test("guessing over many addresses is slowed down as a whole", () => {
  const { now } = clock();
  const throttle = new SignInThrottle({ windowSeconds: 60, perEmail: 5, altogether: 3 }, now);
  const waits = ["a", "b", "c", "d"].map((name) => throttle.take(`${name}@venue.example`));
  expect(waits).toEqual([0, 0, 0, 60]);
});
