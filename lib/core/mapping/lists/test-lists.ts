/** Fields, lines and lists for the tests of this folder. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { isStorable } from "../../storable";
import { defaultMappings } from "../defaults/defaults";
import { lineOf } from "../defaults/defaults-contacts";
import { problemOfField } from "../compile";
import type { MappingDocument, MappingLine } from "../document";
import type { MappingTarget } from "../evaluation";
import { compileShortForm } from "../short-form/compile";
import { shortForms } from "../short-form/test-forms";
import { testAccount, testSale } from "../test-describe";
import type { ListField } from "./find-field";

const documents = defaultMappings({
  individualsAs: "person-account",
  account: { kind: "private" },
  saleObject: "[p]SecutixSale__c",
});

export function defaultDocument(name: string): MappingDocument {
  const found = documents.find((mapping) => mapping.name === name);
  if (!found) throw new Error(`there is no default mapping ${name}`);
  return found.document;
}

export const emptySale: MappingDocument = { ...defaultDocument("sale"), lines: [] };

/** The fields of an object, as the editor knows them. */
export function fieldsOf(target: MappingTarget): ListField[] {
  return target.describe.fields.map((field) => ({
    target:
      field.name.startsWith(target.prefix) && target.prefix !== ""
        ? `[p]${field.name.slice(target.prefix.length)}`
        : ours(field.name),
    name: field.name,
    label: field.label,
    type: typeWords[field.type] ?? field.type,
    referenceTo: field.type === "reference" ? field.referenceTo : [],
    required: false,
    notWritable: problemOfField(field.name, field, target) ?? null,
  }));
}

const known = new Set(documents.flatMap(({ document }) => document.lines.map((line) => line.target)));
const ours = (name: string) => (known.has(`[p]${name}`) ? `[p]${name}` : name);

const typeWords: Readonly<Record<string, string>> = {
  text: "text(40)",
  textarea: "long text(255)",
  boolean: "checkbox",
  datetime: "date and time",
};

export const saleTarget = (prefix = ""): MappingTarget => ({
  prefix,
  describe: testSale({ prefix }),
  recordTypeId: null,
});

export const accountTarget: MappingTarget = { prefix: "", describe: testAccount(), recordTypeId: null };

/** The list that S-360's own page gives for sales, as it stands there. */
export const salesList = readFileSync(
  new URL("../../../../e2e/payloads/sales-list.txt", import.meta.url),
  "utf8",
);

/** Any text that can be stored: no half of a character. */
const texts = (length: fc.StringConstraints = {}) =>
  fc.string({ unit: "binary", ...length }).filter(isStorable);

const scalars = fc.oneof(
  texts(),
  fc.constantFrom("", " ", "5", "true", "null", '"', '"x"', "Mr.", "=1+1", "default: x"),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
);

const sentences = fc.oneof(
  texts({ maxLength: 30 }),
  fc.constantFrom(
    "",
    '"',
    "'",
    "'=1",
    "=cmd|' /C calc'!A0",
    "@x",
    "-5",
    "a,b;c\td",
    "two\r\nlines",
    " x ",
    "\tx",
  ),
);

const expressions = fc
  .oneof(
    shortForms.map(compileShortForm),
    fc.constantFrom(
      "a + b",
      "a & b",
      '"=1"',
      "-a",
      " contactNumber ",
      "$money(a)\n",
      "contactNumber",
      "a - b",
      "'x'",
    ),
    texts({ minLength: 1, maxLength: 40 }),
  )
  .filter((text) => text.length > 0);

const targets = fc
  .tuple(fc.constantFrom("", "[p]"), fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/))
  .map(([prefix, name]) => prefix + name);

/** Lines as they may be stored. */
export const mappingLines: fc.Arbitrary<MappingLine> = fc
  .record(
    {
      target: targets,
      expression: expressions,
      reference: fc.record(
        {
          object: fc.oneof(
            fc.constantFrom("Account", "x by contact", '"', " ", "=A"),
            fc.string({ minLength: 1, maxLength: 10 }),
          ),
          family: fc.constant("contact" as const),
        },
        { requiredKeys: ["object"] },
      ),
      required: sentences.filter((text) => text.trim() !== ""),
      onMissing: fc.oneof(
        fc.constantFrom("leave" as const, "clear" as const),
        fc.record({ default: scalars, when: fc.constantFrom("always" as const, "create" as const) }),
      ),
      onInvalid: fc.oneof(
        fc.constantFrom("hold" as const, "leave" as const),
        fc.record({ default: scalars }),
      ),
      tooLong: fc.constantFrom("hold" as const, "cut" as const),
      when: fc.constantFrom("always" as const, "create" as const, "blank" as const),
      owner: fc.constantFrom("s360" as const, "salesforce" as const),
      twoWay: fc.boolean(),
      note: sentences,
    },
    { requiredKeys: ["target", "expression"] },
  )
  .map(lineOf);
