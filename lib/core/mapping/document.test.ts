import { describe, expect, it } from "vitest";
import { mappingDocumentSchema, valueMapSchema } from "./document";
import { problemsOf } from "../schema-problems";

const line = { target: "FirstName", expression: "a" };
const document = { kind: "individual", object: "Account", keyField: "[p]SyncId__c", lines: [line] };

function problems(changes: object): readonly string[] {
  const data = { ...document, ...changes };
  const { error } = mappingDocumentSchema.safeParse(data);
  return problemsOf(mappingDocumentSchema, error?.issues ?? [], data).map(({ sentence }) => sentence);
}

const bad = ["a\0b", "a\ud800b"];

describe("every text of a mapping can be stored", () => {
  it.each([
    ["expression", (text: string) => ({ lines: [{ ...line, expression: text }] })],
    ["note", (text: string) => ({ lines: [{ ...line, note: text }] })],
    ["required", (text: string) => ({ lines: [{ ...line, required: text }] })],
    ["default", (text: string) => ({ lines: [{ ...line, onMissing: { default: text } }] })],
    ["default", (text: string) => ({ lines: [{ ...line, onInvalid: { default: text } }] })],
    ["object", (text: string) => ({ lines: [{ ...line, reference: { object: text } }] })],
    ["filter", (text: string) => ({ filter: text })],
    ["keyField", (text: string) => ({ keyField: text })],
    ["mark", (text: string) => ({ sales: { rules: [{ action: "mark", mark: text }] } })],
  ] as const)("%s", (name, changes) => {
    for (const text of bad) {
      const [said, ...more] = problems(changes(text));
      expect(said).toContain(`${name}: must `);
      expect(more.filter((each) => !each.includes("control characters"))).toEqual([]);
    }
    expect(problems(changes("Zoë 🎭"))).toEqual([]);
  });

  it("and so can the values of a value map", () => {
    for (const text of bad)
      expect(valueMapSchema.safeParse({ values: { A: text }, otherwise: "hold" }).success).toBe(false);
  });
});

it("the expressions of a mapping are bounded together, the filter with them", () => {
  const lines = Array.from({ length: 19 }, () => ({ ...line, expression: "x".repeat(10_000) }));
  expect(problems({ lines, filter: "x".repeat(10_000) })).toEqual([]);
  expect(problems({ lines: [...lines, line], filter: "x".repeat(10_000) })).toEqual([
    "lines: the expressions of a mapping have at most 200000 characters in all, and these have 200001",
  ]);
});

describe("what is said of a record without a value", () => {
  it.each(["", "  ", "\n"])("is nothing when it is %j, as if it were not there", (required) => {
    const { lines } = mappingDocumentSchema.parse({ ...document, lines: [{ ...line, required }] });
    expect(lines[0]?.required).toBeUndefined();
  });

  it("is a sentence and no story", () => {
    expect(problems({ lines: [{ ...line, required: "x".repeat(501) }] })).toEqual([
      "lines.0.required: must not be longer than 500",
    ]);
  });
});
