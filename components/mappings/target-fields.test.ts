import { expect, test } from "vitest";
import type { TargetField, TargetObject } from "@/lib/mappings/contract";
import { targetFields } from "./target-fields";

const objectOf = (prefix: string, ...names: string[]): TargetObject => ({
  name: "Account",
  label: "Account",
  askedAt: "2026-01-01T00:00:00.000Z",
  prefix,
  fields: names.map((name) => ({ target: name, name }) as TargetField),
});

const found = (target: TargetObject | null, name: string) => targetFields(target).get(name)?.name;

test("a field is found by any name that a document writes for it", () => {
  const packaged = objectOf("secutix__", "secutix__X__c", "X__c");
  expect(["[p]X__c", "SECUTIX__x__c", "x__c"].map((name) => found(packaged, name))).toEqual([
    "secutix__X__c",
    "secutix__X__c",
    "X__c",
  ]);
  expect(["[p]X__c", "x__c"].map((name) => found(objectOf("", "X__c"), name))).toEqual(["X__c", "X__c"]);
});

test("none is found while the org was never asked, nor one that it does not have", () => {
  expect(found(null, "X__c")).toBeUndefined();
  expect(found(objectOf("secutix__", "X__c"), "[p]X__c")).toBeUndefined();
});
