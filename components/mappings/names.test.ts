import { expect, test } from "vitest";
import { fieldTexts, mappingNames, mappingTitle } from "./names";

const sale = { kind: "operation", object: "[p]SecutixSale__c", name: "sale" } as const;

test("a mapping is called by the label of its object, and the API name stands beside it", () => {
  const labelled = { ...sale, objectLabel: "Ticket sale" };
  expect(mappingTitle(labelled)).toBe("Operation → Ticket sale");
  expect(mappingNames(labelled)).toBe("sale · SecutixSale__c");
});

test("the API name stands once where there is no other label", () => {
  expect(mappingTitle(sale)).toBe("Operation → SecutixSale__c");
  expect(mappingNames({ ...sale, objectLabel: null })).toBe("sale");
  expect(mappingNames({ ...sale, objectLabel: "SecutixSale__c" })).toBe("sale");
});

test("sentences call fields by their label, and by the API name where the label is shared or not known", () => {
  const textOf = fieldTexts([
    { name: "PersonMailingCity", label: "Mailing City" },
    { name: "secutix__SyncId__c", label: "SyncId" },
    { name: "Tier__c", label: "Tier" },
    { name: "secutix__Tier__c", label: "Tier" },
  ]);
  expect(["PersonMailingCity", "personmailingcity", "[p]SyncId__c", "SyncId__c"].map(textOf)).toEqual([
    "Mailing City",
    "Mailing City",
    "SyncId",
    "SyncId",
  ]);
  expect(["Tier__c", "[p]Tier__c"].map(textOf)).toEqual(["Tier (Tier__c)", "Tier (secutix__Tier__c)"]);
  expect(["[p]Gone__c", "Gone__c"].map(textOf)).toEqual(["Gone__c", "Gone__c"]);
});
