import { expect, test } from "vitest";
import { compileCondition, readCondition } from "./condition";

const context = { valueMaps: {}, timeZone: "Europe/Zurich", selected: () => true };

test("a condition says which fields it reads, in order of appearance", () => {
  expect(readCondition('PersonEmail != null and PersonLeadSource = "Web" and PersonEmail != ""')).toEqual({
    problems: [],
    fields: ["PersonEmail", "PersonLeadSource"],
    readsWhole: false,
  });
});

test("an empty condition reads nothing and has nothing wrong", () => {
  for (const text of ["", "  \n"])
    expect(readCondition(text)).toEqual({ problems: [], fields: [], readsWhole: false });
});

test("what looks at the whole record says so", () => {
  expect(readCondition("$count($keys($)) > 3")).toMatchObject({ problems: [], readsWhole: true });
});

test("what cannot be read, or may not run, is told with its place", () => {
  expect(readCondition("PersonEmail != ").problems).toEqual([
    expect.objectContaining({ sentence: expect.stringContaining("cannot be read") as string }),
  ]);
  const [refused] = readCondition("CreatedDate > $now()").problems;
  expect(refused).toMatchObject({ position: expect.any(Number) as number });
  expect(refused?.sentence).toContain("$now");
});

test("a condition that cannot be worked out for a record does not hold for it", async () => {
  expect(await compileCondition("$number(Name) > 1").holds({ Name: "Ada" }, context)).toBe(false);
  expect(await compileCondition("Name").holds({ Name: "Ada" }, context)).toBe(false);
  expect(await compileCondition('Name = "Ada"').holds({ Name: "Ada" }, context)).toBe(true);
  expect(await compileCondition("$now() != null").holds({}, context)).toBe(false);
});
