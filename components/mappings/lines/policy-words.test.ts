import { describe, expect, test } from "vitest";
import { lineOf } from "@/lib/core/mapping/defaults/defaults-contacts";
import type { MappingLine } from "@/lib/core/mapping/document";
import { policyWords } from "./policy-words";

const usual = lineOf({ target: "LastName", expression: "x" });

describe("the policies in which two lines differ", () => {
  const cases: [Partial<MappingLine>, string[], string[]][] = [
    [{}, [], []],
    [{ expression: "y" }, [], []],
    [
      { onMissing: "clear" },
      ["When missing: clear it"],
      ["When missing: leave it, unless S-360 says it is empty"],
    ],
    [
      { required: "No name" },
      ["Required: yes", "When missing: hold the record and say “No name”"],
      ["Required: no", "When missing: leave it, unless S-360 says it is empty"],
    ],
    [
      { required: "No name", onMissing: { default: "?", when: "create" } },
      [
        "Required: yes",
        "When missing: write a default value on new records (?), else hold the record and say “No name”",
      ],
      ["Required: no", "When missing: leave it, unless S-360 says it is empty"],
    ],
    [
      { onMissing: { default: "", when: "always" } },
      ["When missing: write a default value (empty)"],
      ["When missing: leave it, unless S-360 says it is empty"],
    ],
    [
      { onInvalid: { default: 5 }, tooLong: "cut", when: "create" },
      [
        "When it cannot be used: write a default value (5)",
        "When too long: cut it to the length of the field",
        "Written: only on new records",
      ],
      [
        "When it cannot be used: hold the record until it is corrected",
        "When too long: hold the record",
        "Written: whenever it changes in S-360",
      ],
    ],
    [
      { reference: { object: "[p]Sale__c", family: "contact" }, note: "why" },
      ["Points to Sale__c, found by the contact’s number", "Note: why"],
      ["Points to no other record", "Without a note"],
    ],
    [
      { twoWay: true, owner: "s360" },
      ["Edits in Salesforce go back to S-360", "When both sides changed it: S-360’s value stays"],
      ["Edits in Salesforce stay there", "When both sides changed it: as the rules say"],
    ],
  ];

  test.each(cases)("%j", (changes, words, otherWords) => {
    const line = { ...usual, ...changes };
    expect(policyWords(line, usual)).toEqual(words);
    expect(policyWords(usual, line)).toEqual(otherWords);
  });

  test("of a line that stands alone are what is not usual", () => {
    expect(policyWords(usual, null)).toEqual([]);
    expect(policyWords({ ...usual, tooLong: "cut", twoWay: true }, null)).toEqual([
      "When too long: cut it to the length of the field",
      "Edits in Salesforce go back to S-360",
    ]);
  });
});
