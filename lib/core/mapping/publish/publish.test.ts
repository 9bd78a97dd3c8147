import { describe, expect, it } from "vitest";
import { defaultMappings, defaultValueMaps, type DefaultsChoice } from "../defaults/defaults";
import {
  individualToContact,
  individualToPersonAccount,
  lineOf,
  structureToAccount,
} from "../defaults/defaults-contacts";
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

  it.each(["SyncId__c", "[p]syncid__c", "secutix__SyncId__c"])(
    "while the key is filled by something else under another of its names: %s",
    (target) => {
      const forged = lineOf({ target, expression: '"all"' });
      const alone = { ...individualToContact, lines: [forged, ...individualToContact.lines.slice(1)] };
      const org = { prefix: target.startsWith("secutix") ? "secutix__" : "" };
      const both = { ...individualToContact, lines: [...individualToContact.lines, forged] };
      for (const known of [null, targetOf("Contact", org)]) {
        const [first, ...more] = sentences(alone, known);
        expect(first).toMatch(/^0: The key has to be made from/);
        // Whether it is the key at all is not known without the org.
        const isSure = known !== null || target === "[p]syncid__c";
        expect(more).toEqual(isSure ? [] : [expect.stringMatching(/SyncId__c is missing/)]);
        expect(sentences(both, known)).toEqual([
          expect.stringMatching(/already fills/),
          expect.stringMatching(/The key has to be made from/),
        ]);
      }
    },
  );

  it("not for a field of the package beside the org's own field of that name, where the org has both", () => {
    const target = targetOf("Contact", { prefix: "secutix__" });
    const [own] = target.describe.fields.filter(({ name }) => name === "secutix__SyncId__c");
    if (!own) throw new Error("there is no such field");
    const fields = [...target.describe.fields, { ...own, name: "SyncId__c", label: "Old SyncId" }];
    const lines = [...individualToContact.lines, lineOf({ target: "SyncId__c", expression: '"old"' })];
    const known = { ...target, describe: { ...target.describe, fields } };
    expect(sentences({ ...individualToContact, lines }, known)).toEqual([]);
    expect(sentences({ ...individualToContact, lines })).toHaveLength(2);
  });

  it("while a sign or a mark goes by another name of a field, as by its own", () => {
    const sale = operationToSale("[p]SecutixSale__c");
    const rules = { rules: [{ types: [], states: [], action: "write" as const, sign: "minus" as const }] };
    const [amount] = sale.lines.filter(({ target }) => target.includes("Amount"));
    const bare = amount?.target.replace("[p]", "").toUpperCase() ?? "";
    const target = targetOf("Sale");
    expect(sentences({ ...sale, sales: { ...rules, signed: [bare] } }, target)).toEqual([]);
    expect(sentences({ ...sale, sales: { ...rules, signed: [bare] } })).toEqual([
      expect.stringMatching(/no line fills it/),
    ]);
    const onKey = { ...rules, signed: [amount?.target ?? ""], markField: "SyncId__c" };
    expect(sentences({ ...sale, sales: onKey })).toEqual([expect.stringMatching(/key cannot be the field/)]);
  });

  it("calls fields by their label, and by the API name where two have that label", () => {
    const lines = [...individualToContact.lines, lineOf({ target: "LASTNAME", expression: "a" })];
    const document = { ...individualToContact, lines };
    const target = targetOf("Contact");
    expect(sentences(document, target)).toEqual([expect.stringMatching(/already fills Last Name\. Keep/)]);
    const [twin] = target.describe.fields.filter(({ name }) => name === "LastName");
    if (!twin) throw new Error("there is no such field");
    const fields = [...target.describe.fields, { ...twin, name: "Other__c", nillable: true }];
    expect(sentences(document, { ...target, describe: { ...target.describe, fields } })).toEqual([
      expect.stringMatching(/already fills Last Name \(LastName\)\. Keep/),
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

  it("while an Account of a company has no name, also where Accounts may be people", () => {
    expect(sentences(without(structureToAccount, "Name"), targetOf("Account"))).toEqual([
      expect.stringMatching(/Account needs Name for every new record/),
    ]);
    expect(sentences(without(individualToContact, "LastName"), targetOf("Contact"))).toEqual([
      expect.stringMatching(/Contact needs Last Name/),
    ]);
    const { recordType: _, ...ofEitherSort } = structureToAccount;
    expect(sentences(ofEitherSort, targetOf("Account"))).toEqual([]);
    const { recordType: __, ...ofPeople } = individualToPersonAccount;
    expect(sentences(ofPeople, targetOf("Account"))).toEqual([]);
    expect(
      sentences({ ...ofPeople, lines: without(ofPeople, "LastName").lines }, targetOf("Account")),
    ).toEqual([expect.stringMatching(/needs Name/)]);
  });

  it("for none of the reasons that need the org, when the org cannot be asked", () => {
    expect(sentences(without(individualToContact, "LastName"))).toEqual([]);
  });
});
