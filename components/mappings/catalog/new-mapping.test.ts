import { expect, test } from "vitest";
import { nameFor } from "./new-mapping";

const named = (...names: string[]) => names.map((name) => ({ name }));

test.each([
  ["individual", "Account", [], "individual-account"],
  ["individual", "secutix__ContactPreferences__c", [], "individual-contact-preferences"],
  ["operation", "Order_Item__c", [], "sale-order-item"],
  ["relay", "", [], "relay"],
  ["relay", "Contact", ["relay-contact", "relay-contact-2"], "relay-contact-3"],
] as const)("a mapping of %s to %s is called by both", (kind, object, taken, name) => {
  expect(nameFor(kind, object, named(...taken))).toBe(name);
});
