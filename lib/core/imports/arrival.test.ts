import { expect, test } from "vitest";
import { arrivalOf, arrivalWithin } from "./arrival";

const startedAt = new Date("2026-11-30T10:00:00Z");
const old = { isNew: true, changed: true, madeAt: "2019-03-02T09:15:04.120+00:00" };

test("what S-360 made long ago and never sent is brought by the import", () => {
  expect(arrivalOf(old, startedAt)).toBe("first");
});

test("what was made within a day of the beginning, or since, is live", () => {
  expect(arrivalOf({ ...old, madeAt: "2026-11-29T10:00:01Z" }, startedAt)).toBe("live");
  expect(arrivalOf({ ...old, madeAt: "2026-12-24T18:00:00+01:00" }, startedAt)).toBe("live");
  expect(arrivalOf({ ...old, madeAt: "2026-11-29T11:00:00+01:00" }, startedAt)).toBe("first");
});

test("an old record that was here before is live when it says something new, and comes again when it does not", () => {
  expect(arrivalOf({ ...old, isNew: false }, startedAt)).toBe("live");
  expect(arrivalOf({ ...old, isNew: false, changed: false }, startedAt)).toBe("again");
});

test.each([null, "", "yesterday", "0000-99-99"])(
  "a date that S-360 does not give counts as old: %s",
  (madeAt) => {
    expect(arrivalOf({ ...old, madeAt }, startedAt)).toBe("first");
  },
);

test("an operation is as old as its order", () => {
  expect(arrivalWithin("live", { isNew: true, changed: true })).toBe("live");
  expect(arrivalWithin("first", { isNew: true, changed: true })).toBe("first");
  expect(arrivalWithin("again", { isNew: false, changed: false })).toBe("again");
  expect(arrivalWithin("first", { isNew: false, changed: true })).toBe("live");
});
