import { expect, test } from "vitest";
import { testSettings } from "@/testing/connection";
import { contactsBackSetUp, contactsBackUntouched, missingForContactsBack } from "./contacts-back";

const { operator: _, partner: __, ...s360 } = testSettings.s360;
const none = { ...testSettings, s360 };
const named = { ...testSettings, s360: { ...s360, operator: "MYVENUE_CRM", partner: "CRM" } };
const secret = [{ name: "s360.secret" as const }];

test("sending back needs operator, partner and secret, and must be switched on", () => {
  expect(contactsBackSetUp(named, secret)).toBe(true);
  expect(contactsBackSetUp(named, [])).toBe(false);
  expect(contactsBackSetUp(none, secret)).toBe(false);
  const off = { ...named, contactsOut: { ...named.contactsOut, enabled: false } };
  expect(contactsBackSetUp(off, secret)).toBe(false);
});

test("what is missing is named; nothing at all is told from half", () => {
  expect(missingForContactsBack(none, secret)).toEqual(["s360.operator", "s360.partner"]);
  expect(contactsBackUntouched(none, secret)).toBe(false);
  expect(contactsBackUntouched(none, [{ name: "salesforce.clientSecret" }])).toBe(true);
});
