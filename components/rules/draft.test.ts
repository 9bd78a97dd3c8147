import { expect, test } from "vitest";
import { contactsOutSchema, rulesSchema, type RuleSettings } from "@/lib/core/connection-settings";
import { matchingSchema } from "@/lib/core/matching/settings";
import { salesSettingsSchema } from "@/lib/core/sales-settings";
import { ruleChanges, typedChanges } from "./changes";
import { openDraft, readDraft } from "./draft";
import { callsADay, intervalOptions, intervalText } from "./intervals";
import { sentencesOf, withChoice, withCondition } from "./sentences";

const settings: RuleSettings = {
  conflictOwner: "s360",
  contactsOut: contactsOutSchema.parse({}),
  rules: rulesSchema.parse({}),
  tell: ["crm@venue.example"],
  matching: matchingSchema.parse({}),
  sales: salesSettingsSchema.parse({}),
};

test("what was opened and not touched differs in nothing", () => {
  const read = readDraft(openDraft(settings));
  expect(read).toEqual({ settings, problems: {} });
  expect(ruleChanges(settings, read.settings)).toEqual([]);
});

test("addresses come one a line or separated, once each", () => {
  const typed = { ...openDraft(settings), tell: " a@x.example, b@x.example;\n\na@x.example " };
  expect(readDraft(typed).settings.tell).toEqual(["a@x.example", "b@x.example"]);
  expect(readDraft({ ...typed, tell: "" }).settings.tell).toEqual([]);
});

test("what cannot be saved counts among the changes that would be lost", () => {
  expect(typedChanges(settings, openDraft(settings))).toEqual([]);
  expect(typedChanges(settings, { ...openDraft(settings), massLimit: "many" })).toEqual([
    {
      sentence: "A person starts the sending when more records changed at once than",
      before: "200",
      after: "“many”, which cannot be saved",
    },
  ]);
});

test("what cannot be saved is told at its place, and the number that was set stays", () => {
  const typed = { ...openDraft(settings), massLimit: "many", tell: "crm@venue.example box" };
  const { problems, settings: read } = readDraft(typed);
  expect(problems).toEqual({
    massLimit: "Write a whole number from 1 to 1,000,000.",
    tell: "Not an e-mail address: box",
  });
  expect(read.contactsOut.massLimit).toBe(200);
  for (const massLimit of ["0", "-5", "1.5", "1e3", "1000001", ""])
    expect(readDraft({ ...typed, massLimit }).problems.massLimit).toBeDefined();
  const blank = { ...settings, contactsOut: { ...settings.contactsOut, markCriterion: "  " } };
  expect(readDraft(openDraft(blank)).problems.markCriterion).toBeDefined();
  const crowd = Array.from({ length: 21 }, (_, number) => `a${number}@x.example`).join("\n");
  expect(readDraft({ ...typed, tell: crowd }).problems.tell).toContain("At most 20");
});

test("changes are told as the sentences of the page, with both answers", () => {
  const [created] = sentencesOf("out", "individual");
  if (!created) throw new Error("no sentence");
  const rules = withCondition(withChoice(settings.rules, created, "do"), "individual", "PersonEmail != null");
  const after: RuleSettings = {
    ...settings,
    rules,
    conflictOwner: "salesforce",
    contactsOut: { ...settings.contactsOut, pollSeconds: 60, massLimit: 1_500 },
    tell: [],
  };
  expect(ruleChanges(settings, after)).toEqual([
    {
      sentence: "When Salesforce has an individual that S-360 does not have, and it is made or edited",
      before: "do nothing",
      after: "create it in S-360, only if PersonEmail != null",
    },
    {
      sentence: "When both sides changed a field, the value that stays is",
      before: "S-360’s",
      after: "Salesforce’s",
    },
    { sentence: "Salesforce is asked what changed", before: "every 5 minutes", after: "every minute" },
    {
      sentence: "A person starts the sending when more records changed at once than",
      before: "200",
      after: "1,500",
    },
    { sentence: "Mail about reviews and notices goes to", before: "crm@venue.example", after: "nobody" },
  ]);
});

test("what becomes of sales without a contact is said, and a placeholder must be named", () => {
  const sales = { withoutContact: "unlinked", anonymous: "placeholder", placeholder: " " } as const;
  const { settings: read, problems } = readDraft(openDraft({ ...settings, sales }));
  expect(problems).toEqual({ placeholder: "Name the Account by its Sync ID or its Salesforce id." });
  const named = { ...read, sales: { ...sales, placeholder: "ANONYMOUS" } };
  expect(ruleChanges(settings, named).map(({ after }) => after)).toEqual([
    "write the sale without its account",
    "write its sales under a placeholder account: ANONYMOUS",
  ]);
});

test("every setting that can be saved has a sentence when it changes", () => {
  const off = {
    ...settings,
    contactsOut: { ...settings.contactsOut, enabled: false, markCriterion: "GONE" },
  };
  expect(ruleChanges(settings, off).map(({ after }) => after)).toEqual(["no", "GONE"]);
  for (const direction of ["in", "out"] as const)
    for (const sentence of sentencesOf(direction, "relay")) {
      const last = sentence.options.at(-1)?.value ?? "";
      const first = sentence.options[0]?.value ?? "";
      const [one, other] = [first, last].map((value) => ({
        ...settings,
        rules: withChoice(settings.rules, sentence, value),
      }));
      if (!one || !other) throw new Error("no choice");
      expect(ruleChanges(one, other).map((change) => change.sentence)).toEqual([sentence.when]);
    }
});

test("intervals are said as people say them, and one that is not usual can be kept", () => {
  expect([1, 90, 60, 300, 3_600, 86_400].map(intervalText)).toEqual([
    "every second",
    "every 90 seconds",
    "every minute",
    "every 5 minutes",
    "every hour",
    "every day",
  ]);
  expect(intervalOptions(300).map(({ value }) => value)).not.toContain("45");
  expect(
    intervalOptions(45)
      .map(({ value }) => value)
      .slice(0, 3),
  ).toEqual(["30", "45", "60"]);
  expect(callsADay(300)).toBe("288");
});
