import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineOf } from "../defaults/defaults-contacts";
import type { MappingDocument } from "../document";
import { salesSchema } from "../sales/sales";
import { mappingYaml, readMappingYaml } from "./mapping-yaml";
import { defaultDocument, mappingLines } from "./test-lists";

const individual = defaultDocument("individual");

function problems(yaml: string, document = individual): string[] {
  const answer = readMappingYaml(yaml, { name: "individual", document });
  return answer.ok ? [] : answer.problems.map(({ line, sentence }) => `${line}: ${sentence}`);
}

function linesOf(yaml: string, document: MappingDocument, name = "individual") {
  const answer = readMappingYaml(yaml, { name, document });
  if (!answer.ok) throw new Error(answer.problems.map(({ sentence }) => sentence).join("\n"));
  return answer.lines;
}

const file = (...lines: string[]) =>
  [
    "mappings:",
    "  individual:",
    "    kind: individual",
    "    object: Account",
    '    keyField: "[p]SyncId__c"',
    "    recordType: person",
    "    lines:",
    ...lines.map((line) => `      ${line}`),
  ].join("\n");

describe("a mapping as YAML", () => {
  it("is written in the words of a connection's file, without what is the default", () => {
    const lines = [
      lineOf({
        target: "[p]SyncId__c",
        expression: "contactNumber",
        required: "S-360 contact has no number",
      }),
      lineOf({ target: "FirstName", expression: "individualContact.individualFirstName" }),
    ];
    expect(
      mappingYaml("individual", { ...individual, lines })
        .replace(/^#.*\n/gm, "")
        .trim(),
    ).toBe(
      file(
        '"[p]SyncId__c":',
        "  expression: contactNumber",
        "  required: S-360 contact has no number",
        "FirstName: individualContact.individualFirstName",
      ),
    );
  });

  it.each(["individual", "relay", "structure", "sale"])(
    "the default mapping %s comes back the same",
    (name) => {
      const document = defaultDocument(name);
      expect(linesOf(mappingYaml(name, document), document, name)).toEqual(document.lines);
    },
  );

  it("comes back exactly, whatever the lines say", () => {
    // No connection's file can name a mapping so.
    const names = fc.string({ minLength: 1 }).filter((name) => name !== "__proto__");
    fc.assert(
      fc.property(fc.array(mappingLines, { maxLength: 5 }), names, (lines, name) => {
        const document = { ...individual, lines };
        const short = lines.every(({ note }) => (note ?? "").length <= 500);
        fc.pre(short);
        expect(linesOf(mappingYaml(name, document), document, name)).toEqual(lines);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps two lines of one field, as a draft may have them", () => {
    const lines = [lineOf({ target: "Name", expression: "a" }), lineOf({ target: "Name", expression: "b" })];
    expect(linesOf(mappingYaml("x", { ...individual, lines }), individual, "x")).toEqual(lines);
  });

  it("is found in a file with more in it, under its name or as the only one", () => {
    const more = `institution: myvenue\n${file("Name: contactNumber")}`;
    expect(linesOf(more, individual)).toHaveLength(1);
    expect(linesOf(more, individual, "another")).toHaveLength(1);
  });
});

describe("which records take part", () => {
  const read = (yaml: string, document = individual) =>
    readMappingYaml(yaml, { name: "individual", document });
  const limited = { ...individual, filter: 'state = "ACTIVE"' };

  it("comes back with the lines", () => {
    expect(read(mappingYaml("individual", limited))).toMatchObject({ ok: true, filter: limited.filter });
  });

  it("is what the text says, also where the mapping says something else: none means all", () => {
    expect(read(file("Name: x"), limited)).toMatchObject({ ok: true, filter: null });
    expect(read(mappingYaml("individual", limited), individual)).toMatchObject({ filter: limited.filter });
  });
});

describe("what becomes of orders", () => {
  const sale = defaultDocument("sale");
  const sales = salesSchema.parse({
    rules: [
      { types: ["REFUND"], sign: "minus" },
      { states: ["ABANDONED"], action: "mark", mark: "Abandoned" },
    ],
    signed: ["[p]Total_Amount__c"],
    markField: "[p]Status__c",
    vanished: "Gone",
  });
  const read = (yaml: string, document: MappingDocument) => readMappingYaml(yaml, { name: "sale", document });

  it("comes back with the lines", () => {
    expect(read(mappingYaml("sale", { ...sale, sales }), sale)).toMatchObject({ ok: true, sales });
  });

  it("is what the text says, also where the mapping says something else: none means as sent", () => {
    expect(read(mappingYaml("sale", sale), { ...sale, sales })).toMatchObject({ ok: true, sales: null });
  });

  it("is told with its line where it cannot be", () => {
    const yaml = mappingYaml("sale", { ...sale, sales }).replace("sign: minus", "sign: less");
    expect(read(yaml, sale)).toMatchObject({
      ok: false,
      problems: [
        { sentence: expect.stringMatching(/sales\.rules\.0\.sign: must be as-sent, plus or minus/) },
      ],
    });
  });
});

describe("YAML that cannot be used is refused, each problem with its line", () => {
  it.each([
    ["", [expect.stringMatching(/^null: the file: it is empty\. Write mappings:/)]],
    ["# a comment", [expect.stringMatching(/^null: the file: it is empty/)]],
    ["- a", [expect.stringMatching(/^null: the file: it is a list, and no mapping/)]],
    ["lines:\n  Name: x", [expect.stringMatching(/lines stand at the top.* with kind, object and keyField/)]],
    ["mapping:\n  x: y", [expect.stringMatching(/mappings are missing\. Write mappings:/)]],
    ["mappings: {", [expect.stringMatching(/^1: /)]],
    ["mappings: {}", ["1: mappings: there is no mapping called individual; there is none."]],
    [file("Name: x", "Name: y"), [expect.stringMatching(/^9: The key Name is there twice/)]],
    [
      file("Name:", "  required: yes please"),
      [expect.stringMatching(/^9: mappings\.individual\.lines\.Name\.expression: is missing/)],
    ],
    [file("Name: null"), [expect.stringMatching(/^8: mappings\.individual\.lines\.Name: is empty/)]],
    [
      file("Name:", "  expression: x", "  onMising: clear"),
      ["10: mappings.individual.lines.Name.onMising: is not known; did you mean onMissing?"],
    ],
    [
      file("Name:", "  expression: x", "  tooLong: 5"),
      ["10: mappings.individual.lines.Name.tooLong: must be hold or cut, got 5"],
    ],
    [file('"my name": x'), [expect.stringMatching(/^8: .*cannot be a name here/)]],
    [
      file("- target: Name", "  expression: x", "  when: never"),
      [expect.stringMatching(/^10: mappings\.individual\.lines\.0\.when: must be always, create or blank/)],
    ],
    [
      file("Name: x").replace("Account", "Contact").replace("kind: individual", "kind: relay"),
      [
        "3: mappings.individual.kind: must be individual, as in this mapping; it never changes here.",
        "4: mappings.individual.object: must be Account, as in this mapping; it never changes here.",
      ],
    ],
    [
      file("Name: x").replace("recordType: person", ""),
      [expect.stringMatching(/recordType: must be person/)],
    ],
    [
      file(...Array.from({ length: 501 }, (_, index) => `X${index}: x`)),
      ["8: mappings.individual.lines: a mapping has at most 500 lines, and here are 501."],
    ],
    [
      file(...Array.from({ length: 21 }, (_, index) => `X${index}: ${"x".repeat(9_999)}`)),
      [
        expect.stringMatching(
          /^8: mappings\.individual\.lines: the expressions of a mapping have at most 200000/,
        ),
      ],
    ],
    ["[".repeat(20_000), [expect.stringMatching(/nested too deeply|^1: /)]],
    ["x".repeat(1_000_001), [expect.stringMatching(/no mapping/)]],
    ["just words", [expect.stringMatching(/the file: it is a single text, and no mapping/)]],
  ])("%.60s", (yaml, expected) => expect(problems(yaml).slice(0, expected.length)).toEqual(expected));
});
