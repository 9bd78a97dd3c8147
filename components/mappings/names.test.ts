import { expect, test } from "vitest";
import { mappingNames, mappingTitle } from "./names";

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
