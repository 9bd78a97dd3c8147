import { expect, test } from "vitest";
import { readCondition } from "@/lib/core/mapping/condition";
import { placeOf, readsSentence, unknownFields } from "./condition-words";

const firstPlace = (text: string) => {
  const [problem] = readCondition(text).problems;
  return problem && placeOf(text, problem);
};

test("the place of a problem is shown in its surroundings", () => {
  expect(firstPlace("LastModified > $now() and true")).toMatchObject({
    before: expect.stringMatching(/> $/),
  });
  expect(firstPlace("LastModified > $now() and true")?.at).toContain("$now");
  expect(firstPlace('Name = "a" ) and')?.at).toContain(")");
});

test("a text that ends too early has its place at its end, or none", () => {
  const place = firstPlace("PersonEmail != ");
  expect(place === undefined || place === null || place.after === "").toBe(true);
});

test("what a condition reads is said in one sentence, and nothing while it has problems", () => {
  expect(readsSentence(readCondition("PersonEmail != null"))).toBe("It reads PersonEmail.");
  expect(readsSentence(readCondition("true"))).toContain("reads no field");
  expect(readsSentence(readCondition("$exists($$)"))).toContain("as a whole");
  expect(readsSentence(readCondition("("))).toBeNull();
});

test("a field that Salesforce does not have is named, once its fields are known", () => {
  const reading = readCondition("PersonEmial != null and LastName != null");
  expect(unknownFields(reading, ["PersonEmail", "LastName"])).toEqual(["PersonEmial"]);
  expect(unknownFields(reading, null)).toEqual([]);
});
