import { describe, expect, it } from "vitest";
import { individualToPersonAccount } from "../defaults/defaults-contacts";
import { readLinesCsv } from "./csv-lines";
import { readMappingYaml } from "./mapping-yaml";
import { readPastedLines } from "./pasted-lines";
import { planLines } from "./plan";
import { withSuggestion, type Suggestion } from "./suggestion";
import { accountTarget, defaultDocument, fieldsOf } from "./test-lists";
import { doubtsAbout } from "./yaml-doubts";

const fields = fieldsOf(accountTarget);
const target = { document: individualToPersonAccount, fields };
const readers = { pasted: readPastedLines, csv: readLinesCsv };

/** The text after the first suggestion of each line was taken, one after the other. */
function corrected(how: keyof typeof readers, text: string): string {
  let result = text;
  for (let turn = 0; turn < 10; turn++) {
    const [first] = planLines(readers[how](result).entries, target).flatMap(({ suggestions }) => suggestions);
    const next = first && withSuggestion(result, first);
    if (!next) return result;
    result = next;
  }
  return result;
}

describe("what was likely meant takes the place of what is written", () => {
  it.each([
    ["FristName = contactNumber", "FirstName = contactNumber"],
    [
      "a comment?\r\nFristName\t= contactNumber\r\n# end",
      "a comment?\r\nFirstName\t= contactNumber\r\n# end",
    ],
    ["FirstName = addresses(main)/twon", "FirstName = addresses(main)/town"],
    [
      "FirstName = addresses(main)/twon + EOL + addresses(shippingAddress)/twon",
      "FirstName = addresses(main)/town + EOL + addresses(shippingAddress)/town",
    ],
    ["FirstName = mony(contactId)", "FirstName = money(contactId)"],
    ["Frist Name = contactNumbr", "First Name = contactNumber"],
    ["Colour = contactNumber", "Colour = contactNumber"],
  ])("in a pasted line: %j", (text, expected) => expect(corrected("pasted", text)).toBe(expected));

  it.each([
    ["Target,Source\nFristName,contactNumber\n", "Target,Source\nFirstName,contactNumber\n"],
    ["Source;Target\naddresses(main)/twon;FirstName\n", "Source;Target\naddresses(main)/town;FirstName\n"],
    [
      'Target,Source,Note\nFirstName,"contactNumbr + "", "" + function","one\ntwo"\nLastName,contactNumber,\n',
      'Target,Source,Note\nFirstName,"contactNumber + "", "" + function","one\ntwo"\nLastName,contactNumber,\n',
    ],
  ])("in a cell of a CSV, the rest stays to the letter: %j", (text, expected) =>
    expect(corrected("csv", text)).toBe(expected),
  );

  it("is left to the person where several places could be meant", () => {
    const text = "Target,Source\nFirstName,addresses(main)/twon + addresses(shippingAddress)/twon";
    expect(corrected("csv", text)).toBe(text);
  });

  it("is found as a whole name only, and within its own lines", () => {
    const suggestion: Suggestion = { wrong: "nam", right: "name", lines: { from: 2, to: 3 }, at: null };
    expect(withSuggestion("nam\nname, nam\nnam", suggestion)).toBe("nam\nname, name\nnam");
    expect(withSuggestion("nam\nnames\nnam", suggestion)).toBeNull();
    expect(withSuggestion("nam", suggestion)).toBeNull();
  });
});

describe("names that nobody knows in a mapping from YAML", () => {
  const yaml = [
    "mappings:",
    "  individual:",
    "    kind: individual",
    "    object: Account",
    '    keyField: "[p]SyncId__c"',
    "    recordType: person",
    "    lines:",
    '      "[p]SyncIdd__c": contactNumber',
    "      FirstName:",
    "        expression: individualContact.individualFristName",
    "      LastName: $uppercase(individualContact.individualFristName)",
    "      Colour__c: contactNumber",
  ].join("\n");
  const doubtsOf = (text: string) => {
    const answer = readMappingYaml(text, { name: "individual", document: defaultDocument("individual") });
    if (!answer.ok) throw new Error(answer.problems.map(({ sentence }) => sentence).join("\n"));
    return doubtsAbout(answer, fields, "individual");
  };

  it("are told with their line, and corrected in the text", () => {
    const doubts = doubtsOf(yaml);
    expect(doubts.map(({ at, suggestion }) => [at, suggestion?.right])).toEqual([
      [8, "[p]SyncId__c"],
      [10, "individualFirstName"],
      [12, undefined],
    ]);
    const result = doubts.reduce(
      (text, { suggestion }) => (suggestion && withSuggestion(text, suggestion)) ?? text,
      yaml,
    );
    expect(result).toContain('"[p]SyncId__c": contactNumber');
    expect(result).toContain("expression: individualContact.individualFirstName");
    expect(doubtsOf(result)).toHaveLength(1);
  });

  it("of Salesforce are not looked for while it was never asked", () => {
    const answer = readMappingYaml(yaml, { name: "individual", document: defaultDocument("individual") });
    expect(answer.ok && doubtsAbout(answer, null, "individual").map(({ at }) => at)).toEqual([10]);
  });
});
