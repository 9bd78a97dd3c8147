import { describe, expect, it } from "vitest";
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
});
