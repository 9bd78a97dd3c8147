import { expect, test } from "vitest";
import { contactsOutSchema, rulesSchema, type RuleSettings } from "@/lib/core/connection-settings";
import { matchingSchema } from "@/lib/core/matching/settings";
import { salesSettingsSchema } from "@/lib/core/sales-settings";
import { openDraft } from "./draft";
import { rebase } from "./rebase";

const opened: RuleSettings = {
  conflictOwner: "s360",
  contactsOut: contactsOutSchema.parse({}),
  rules: rulesSchema.parse({}),
  tell: ["crm@venue.example"],
  matching: matchingSchema.parse({}),
  sales: salesSettingsSchema.parse({}),
};
const theirs: RuleSettings = {
  ...opened,
  conflictOwner: "salesforce",
  contactsOut: { ...opened.contactsOut, massLimit: 500 },
  rules: rulesSchema.parse({ out: { relay: { delete: "mark", update: "review" } } }),
  tell: [],
};

test("what was changed here stays, and what only they changed is theirs", () => {
  const mine = openDraft({ ...opened, rules: rulesSchema.parse({ out: { relay: { delete: "tell" } } }) });
  const { settings, massLimit, tell } = rebase(opened, theirs, mine);
  expect(settings.rules.out.relay).toMatchObject({ delete: "tell", update: "review" });
  expect(settings).toMatchObject({ conflictOwner: "salesforce", tell: [] });
  expect([massLimit, tell]).toEqual(["500", ""]);
});

test("without a change here everything is theirs", () => {
  expect(rebase(opened, theirs, openDraft(opened))).toEqual(openDraft(theirs));
});

test("a text that is not a setting yet is not lost", () => {
  const typing = { ...openDraft(opened), massLimit: "35o", tell: "crm@venue.example\nbox" };
  expect(rebase(opened, theirs, typing)).toMatchObject({ massLimit: "35o", tell: "crm@venue.example\nbox" });
});
