import { describe, expect, it, vi } from "vitest";
import { Org } from "./org";
import { resolveOptions } from "./options";
import { restoreSettings, snapshotSettings, type SavedSettings } from "./saved-settings";
import { compileAutomation } from "../automation/compile-automation";
import { addDuplicateRule } from "../duplicates/compile-rule";
import { compileRule } from "../write/validations/compile-rule";

const open = () => new Org(resolveOptions({}));

describe("what an org keeps over a restart besides its rows", () => {
  it("are its validation rules, duplicate rules and automations, ready to run", () => {
    const org = open();
    org.validationRules = [
      compileRule(org.schema, { id: "r", object: "Contact", formula: "ISBLANK(Email)", message: "x" }),
    ];
    addDuplicateRule(org, {
      id: "d",
      object: "Contact",
      name: "DR",
      matchingRule: "MR",
      message: "Use one of these records?",
      onCreate: "alert",
      onEdit: "off",
      match: [{ field: "Email", method: "exact", matchBlank: false }],
    });
    org.automations = [
      compileAutomation(org.schema, {
        id: "a",
        kind: "field-trigger",
        object: "Contact",
        name: "T",
        timing: "after",
        set: { Title: { formula: "LastName" } },
      }),
    ];
    const saved = JSON.parse(JSON.stringify(snapshotSettings(org))) as SavedSettings;
    const again = open();
    restoreSettings(again, saved);
    expect(snapshotSettings(again)).toEqual(snapshotSettings(org));
    expect(again.duplicateRules.of("Contact")).toHaveLength(1);
    expect(again.automations).toEqual(org.automations);
  });

  it("may be of an older file that knows none of them", () => {
    const org = open();
    restoreSettings(org, { idCounters: {} });
    expect(snapshotSettings(org)).toMatchObject({ validationRules: [], duplicateRules: [], automations: [] });
  });

  it("do not claim to know deletions from before the delete log was kept", () => {
    const org = open();
    restoreSettings(org, { idCounters: {} });
    expect(org.deleteLog.knownSince).toBeInstanceOf(Date);
    const again = open();
    restoreSettings(again, snapshotSettings(org));
    expect(again.deleteLog.knownSince).toEqual(org.deleteLog.knownSince);
    restoreSettings(again, snapshotSettings(open()));
    expect(again.deleteLog.knownSince).toBeUndefined();
  });

  it("leaves out what speaks of a field that is not there, and says so", () => {
    const complaints: unknown[] = [];
    const log = vi.spyOn(console, "error").mockImplementation((line) => void complaints.push(line));
    const org = open();
    const match = [{ field: "Gate__pc", method: "exact" as const, matchBlank: false }];
    restoreSettings(org, {
      idCounters: {},
      validationRules: [
        { id: "r1", object: "Account", formula: 'Gate__pc = "bad"', message: "No" },
        { id: "r2", object: "Account", formula: "ISBLANK(Name)", message: "No" },
      ],
      duplicateRules: [
        {
          id: "d1",
          object: "Account",
          name: "DR",
          matchingRule: "MR",
          message: "Twice",
          onCreate: "block",
          onEdit: "off",
          match,
        },
      ],
      automations: [
        {
          id: "a1",
          kind: "field-trigger",
          object: "Account",
          name: "T",
          timing: "after",
          set: { No__c: "" },
        },
      ],
    });
    log.mockRestore();
    expect(snapshotSettings(org)).toMatchObject({
      validationRules: [{ id: "r2" }],
      duplicateRules: [],
      automations: [],
    });
    expect(complaints).toEqual([
      "The simulated Salesforce org starts without the validation rule r1 of Account: Field Gate__pc does not exist on Account.",
      "The simulated Salesforce org starts without the duplicate rule d1 of Account: Field Gate__pc does not exist on Account.",
      "The simulated Salesforce org starts without the automation a1 of Account: Field No__c does not exist on Account.",
    ]);
  });
});
