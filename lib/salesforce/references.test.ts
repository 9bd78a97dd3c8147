import { expect, test } from "vitest";
import { orgIdValue } from "@/lib/core/references";
import { referenceEntry } from "./references";

const path = {
  field: "Account__c",
  relationshipName: "Account__r",
  object: "Account",
  keyField: "SyncId__c",
  polymorphic: false,
};

test("a lookup travels as an external id, as the org's own id, or empty", () => {
  expect(referenceEntry(path, "0012345")).toEqual({ Account__r: { SyncId__c: "0012345" } });
  expect(referenceEntry(path, orgIdValue("001000000000001AAA"))).toEqual({
    Account__c: "001000000000001AAA",
  });
  expect(referenceEntry(path, null)).toEqual({ Account__c: null });
});
