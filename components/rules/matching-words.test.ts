import { expect, test } from "vitest";
import { matchingSchema } from "@/lib/core/matching/settings";
import { testField } from "@/lib/core/mapping/test-describe";
import { fieldOptions, isAsleep, matchingText, moved, presetsOf } from "./matching-words";

const filled = [
  [
    testField("PersonEmail", "email", 80),
    testField("LastName", "text", 80),
    testField("Note__c", "textarea"),
  ],
];

test("rules read as one sentence", () => {
  const { individual, structure } = matchingSchema.parse({
    individual: {
      rules: [{ fields: ["Email"] }, { fields: ["MobilePhone"], compare: "normalised", names: "may-differ" }],
    },
  });
  expect(matchingText("individual", individual)).toBe(
    "1. Email, exactly, with the name; 2. MobilePhone, normalised, whatever the name",
  );
  expect(matchingText("structure", structure)).toBe("nothing: a new record is created");
});

test("a rule is asleep only where it is known that no line fills its field", () => {
  const [email, phone] = presetsOf("individual", filled).map(({ rule }) => rule);
  expect(email && isAsleep("individual", filled, email)).toBe(false);
  expect(phone && isAsleep("individual", filled, phone)).toBe(true);
  expect(phone && isAsleep("individual", null, phone)).toBe(false);
});

test("fields to choose from can be searched by; what a rule names already stays", () => {
  expect(fieldOptions("individual", filled, ["Tax__c"]).map(({ value }) => value)).toEqual([
    "Tax__c",
    "LastName",
    "PersonEmail",
  ]);
});

test("a rule is moved by one place, and not beyond the ends", () => {
  const rules = presetsOf("structure", null).map(({ rule }) => rule);
  const names = (given: typeof rules) => given.map(({ fields }) => fields[0]);
  expect(names(moved(rules, 2, 1))).toEqual(["Email", "VatNumber__c", "Phone", "Name"]);
  expect(moved(rules, 0, -1)).toEqual(rules);
  expect(moved(rules, 3, 4)).toEqual(rules);
});
