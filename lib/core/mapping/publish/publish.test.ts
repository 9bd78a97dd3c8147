import { describe, expect, it } from "vitest";
import { defaultMappings, defaultValueMaps, type DefaultsChoice } from "../defaults/defaults";
import { individualToContact, individualToPersonAccount, lineOf } from "../defaults/defaults-contacts";
import { operationToSale } from "../defaults/defaults-sales";
import { mappingDocumentSchema, valueMapSchema, type MappingDocument } from "../document";
import type { MappingTarget } from "../evaluation";
import { checkPublishable } from "./publish";
import { testAccount, testContact, testSale, type TestOrg } from "../test-describe";

const mapNames = Object.keys(defaultValueMaps);

function targetOf(object: string, org: TestOrg = {}): MappingTarget {
  const make = { Account: testAccount, Contact: testContact }[object] ?? testSale;
  return { prefix: org.prefix ?? "", describe: make(org), recordTypeId: null };
}

function sentences(document: MappingDocument, target: MappingTarget | null = null): readonly string[] {
  return checkPublishable(document, target, mapNames).map(
    ({ lineIndex, sentence }) => `${lineIndex ?? "all"}: ${sentence}`,
  );
}

const without = (document: MappingDocument, target: string): MappingDocument => ({
  ...document,
  lines: document.lines.filter((line) => line.target !== target),
});

describe("the default mappings", () => {
  const saleObject = "[p]SecutixSale__c";
  const choices: readonly DefaultsChoice[] = [
    { individualsAs: "person-account", account: { kind: "private" }, saleObject },
    { individualsAs: "contact", account: { kind: "private" }, saleObject },
    { individualsAs: "contact", account: { kind: "bucket", accountSyncIds: ['B-"1"', "B-2"] }, saleObject },
    { individualsAs: "contact", account: { kind: "household" }, saleObject },
  ];

  it.each(choices)("may be published as they are: $individualsAs, $account.kind", (choice) => {
    for (const prefix of ["", "secutix__"]) {
      for (const { document } of defaultMappings(choice)) {
        const org = { prefix, personAccounts: choice.individualsAs === "person-account" };
        expect(sentences(document, targetOf(document.object, org))).toEqual([]);
      }
    }
  });

  it.each(choices)("are what may be stored: $individualsAs, $account.kind", (choice) => {
    for (const { document } of defaultMappings(choice)) {
      expect(mappingDocumentSchema.parse(document)).toEqual(document);
    }
  });

  it("come with value maps that may be stored", () => {
    for (const map of Object.values(defaultValueMaps)) expect(valueMapSchema.parse(map)).toEqual(map);
  });
});

describe("publishing is refused", () => {
  it("without the lines that find records again", () => {
    expect(sentences(without(individualToPersonAccount, "[p]SyncId__c"))).toEqual([
      expect.stringMatching(/^all: The line for \[p\]SyncId__c is missing/),
    ]);
    expect(sentences(without(operationToSale("[p]SecutixSale__c"), "[p]ContactSTXNumber__c"))).toEqual([
      expect.stringMatching(/^all: The line for \[p\]ContactSTXNumber__c is missing/),
    ]);
  });

  it("while the key may be cut or is not always written", () => {
    const key = lineOf({
      target: "[p]SyncId__c",
      expression: "contactNumber",
      tooLong: "cut",
      when: "create",
    });
    const lines = [key, ...individualToContact.lines.slice(1)];
    expect(sentences({ ...individualToContact, lines })).toEqual([
      expect.stringMatching(/^0: The key cannot be cut/),
      expect.stringMatching(/^0: The key is written always/),
    ]);
  });

  it("while an expression is not allowed, naming the line", () => {
    const lines = [...individualToContact.lines, lineOf({ target: "Title", expression: "$now()" })];
    expect(sentences({ ...individualToContact, lines })).toEqual([
      expect.stringMatching(new RegExp(`^${lines.length - 1}: \\$now cannot be used here.*Near character 5`)),
    ]);
  });

  it("while two lines fill one field", () => {
    const lines = [...individualToContact.lines, lineOf({ target: "LASTNAME", expression: "a" })];
    expect(sentences({ ...individualToContact, lines })).toEqual([
      expect.stringMatching(/already fills LASTNAME/),
    ]);
  });

  it("while a value map is missing or not named", () => {
    const line = (expression: string): MappingDocument => ({
      ...individualToContact,
      lines: [...individualToContact.lines, lineOf({ target: "Title", expression })],
    });
    expect(sentences(line('$valueMap("functions", function)'))).toEqual([
      expect.stringMatching(/There is no value map "functions"/),
    ]);
    expect(sentences(line("$valueMap(role, function)"))).toEqual([expect.stringMatching(/needs the name/)]);
  });

  it("while the org lacks a field or does not let us write it", () => {
    const lines = [
      ...individualToContact.lines,
      lineOf({ target: "[p]Tier__c", expression: "a" }),
      lineOf({ target: "MailingAddress", expression: "a" }),
    ];
    expect(sentences({ ...individualToContact, lines }, targetOf("Contact"))).toEqual([
      expect.stringMatching(/no field Tier__c on Contact/),
      expect.stringMatching(/MailingAddress.* cannot be written/),
    ]);
  });

  it("while a field that every new record needs has no line", () => {
    expect(sentences(without(individualToContact, "LastName"), targetOf("Contact"))).toEqual([
      expect.stringMatching(/^all: Contact needs Last Name for every new record/),
    ]);
    expect(sentences(without(individualToPersonAccount, "LastName"), targetOf("Account"))).toEqual([
      expect.stringMatching(/Account needs Last Name/),
    ]);
  });

  it("for none of the reasons that need the org, when the org cannot be asked", () => {
    expect(sentences(without(individualToContact, "LastName"))).toEqual([]);
  });
});
