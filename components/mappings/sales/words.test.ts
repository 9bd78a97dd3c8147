import { describe, expect, it } from "vitest";
import { salesSchema } from "@/lib/core/mapping/sales/sales";
import { caughtBefore, presets, withPreset } from "./presets";
import { ruleSentence, salesDifferences, salesSentences, standingSentence } from "./words";

const sales = salesSchema.parse({
  rules: [
    { types: ["REFUND_CLIENT", "REFUND_ORGANIZATION"], sign: "minus" },
    { states: ["ABANDONNED"], action: "mark", mark: "Abandoned" },
    { types: ["OPTION"], states: ["RUNNING"], action: "ignore" },
    { sign: "plus" },
  ],
  signed: ["[p]Total_Amount__c", "[p]Quantity__c"],
  markField: "[p]Status__c",
  vanished: "Removed",
});

describe("sales rules in words", () => {
  it("say what becomes of orders, in the order in which the rules count", () => {
    expect(salesSentences(sales)).toEqual([
      "Orders of type REFUND_CLIENT or REFUND_ORGANIZATION: written, with negative amounts.",
      "Orders in state ABANDONNED: marked “Abandoned” in Status__c where Salesforce has them, and not created.",
      "Orders of type OPTION in state RUNNING: ignored, neither created nor changed in Salesforce.",
      "All other orders: written, with positive amounts.",
      "The sign counts for Total_Amount__c and Quantity__c.",
      "Operations that a later version of their order lacks: marked “Removed” in Status__c where Salesforce has them, and not created.",
    ]);
  });

  it("say nothing where there are none", () => {
    expect([salesSentences(undefined), salesSentences({ rules: [], signed: ["[p]Quantity__c"] })]).toEqual([
      [],
      [],
    ]);
  });

  it("say which rule counts for a record", () => {
    expect(standingSentence({ action: "write", sign: "as-sent", rule: null })).toMatch(/written as sent/);
    expect(standingSentence({ action: "write", sign: "minus", rule: 0 })).toMatch(/rule 1/);
    expect(standingSentence({ action: "mark", mark: "Removed", rule: null })).toMatch(
      /“Removed” \(vanished\)/,
    );
    expect(standingSentence({ action: "ignore", rule: 2 })).toMatch(/ignored \(rule 3\)/);
  });

  it("every preset is a rule that can be stored, and says what it does", () => {
    const rules = presets.map(({ rule }) => rule);
    expect(salesSchema.parse({ rules }).rules).toEqual(rules);
    expect(new Set(rules.map((rule) => ruleSentence(rule, sales))).size).toBe(presets.length);
  });
});

describe("the order of rules", () => {
  const [refunds, abandoned, options] = presets;
  const added = [refunds, options, abandoned].reduce(
    (rules, preset) => (preset ? withPreset(rules, preset).rules : rules),
    [...sales.rules.slice(0, 0)],
  );

  it("puts rules for a state before those for types, which would catch their orders", () => {
    expect(added).toEqual([abandoned?.rule, refunds?.rule, options?.rule]);
    expect(caughtBefore(added, 0)).toEqual([]);
  });

  it("says which rules catch orders of a state first", () => {
    expect(caughtBefore([...added.slice(1), ...added.slice(0, 1)], 2)).toEqual([1, 2]);
    expect(caughtBefore(added, 2)).toEqual([]);
  });
});

it("tells in what two sets of rules differ, rule by rule", () => {
  const before = salesSchema.parse({ rules: [{ types: ["SALE"] }, { types: ["OPTION"] }] });
  const after = salesSchema.parse({ rules: [{ types: ["SALE"] }, { types: ["OPTION"], action: "ignore" }] });
  expect(salesDifferences(before, after)).toEqual([
    "Orders, no longer: Orders of type OPTION: written as sent.",
    "Orders, new: Orders of type OPTION: ignored, neither created nor changed in Salesforce.",
  ]);
  expect(salesDifferences(before, { ...before, rules: before.rules.toReversed() })).toEqual([
    "The sales rules are the same in another order.",
  ]);
  expect(salesDifferences(before, before)).toEqual([]);
});
