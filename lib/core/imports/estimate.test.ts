import { describe, expect, test } from "vitest";
import { estimate, type ImportPace } from "./estimate";

const pace: ImportPace = {
  expected: 1_000,
  isReceiving: true,
  received: 400,
  records: 400,
  through: 200,
  receivedLately: 100,
  throughLately: 50,
  lookedBackMinutes: 10,
  isResting: false,
};

test("half of what came is written, and what is written slower says when it is over", () => {
  expect(estimate(pace)).toEqual({
    total: 1_000,
    received: 0.4,
    through: 0.2,
    perMinute: 5,
    receivedPerMinute: 10,
    minutesLeft: 160,
  });
});

test("what comes slower than it is written says when it is over", () => {
  expect(estimate({ ...pace, throughLately: 500 }).minutesLeft).toBe(60);
});

test("where all that came is through, only what is to come takes time", () => {
  expect(estimate({ ...pace, through: 400, throughLately: 0 }).minutesLeft).toBe(60);
});

test("an order is as many records as it has operations", () => {
  expect(estimate({ ...pace, records: 1_200, through: 600, throughLately: 600 })).toMatchObject({
    through: 0.2,
    minutesLeft: 60,
  });
});

describe("cannot be told", () => {
  test.each([
    ["nobody said how many are to come", { expected: null }],
    ["it rests", { isResting: true }],
    ["nothing is written although there is something to write", { throughLately: 0 }],
    ["nothing comes although something is to come", { receivedLately: 0 }],
    ["it has only begun", { lookedBackMinutes: 0.1 }],
  ])("%s", (_, given) => {
    expect(estimate({ ...pace, ...given }).minutesLeft).toBeNull();
  });
});

test("more than expected came: it counts to what came", () => {
  expect(estimate({ ...pace, expected: 100, through: 400 })).toMatchObject({
    total: 400,
    received: 1,
    through: 1,
    minutesLeft: 0,
  });
});

test("once nothing more may come, it counts to what came", () => {
  expect(estimate({ ...pace, expected: null, isReceiving: false })).toMatchObject({
    total: 400,
    received: 1,
    through: 0.5,
    receivedPerMinute: null,
    minutesLeft: 40,
  });
});

test("nothing came, and nothing is to come: it is over", () => {
  const nothing = { received: 0, records: 0, through: 0, receivedLately: 0, throughLately: 0 };
  expect(estimate({ ...pace, ...nothing, isReceiving: false })).toMatchObject({ total: 0, minutesLeft: 0 });
  expect(estimate({ ...pace, ...nothing, expected: 0 })).toMatchObject({
    total: 0,
    received: 1,
    minutesLeft: 0,
  });
});

test("a rate of nothing is told as such", () => {
  expect(estimate({ ...pace, throughLately: 0, receivedLately: 0 })).toMatchObject({
    perMinute: 0,
    receivedPerMinute: 0,
  });
});
