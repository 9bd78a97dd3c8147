import fc from "fast-check";
import { expect, test } from "vitest";
import { mappingDocumentSchema, type MappingDocument } from "@/lib/core/mapping/document";
import { connectionFileSchema } from "./file-schema";
import { defaultDocuments } from "./default-documents";
import { mappingChanges, mappingsOf, sameMapping } from "./file-mappings";

const defaults = defaultDocuments({
  individualsAs: "person-account",
  account: { kind: "private" },
  saleObject: "[p]SecutixSale__c",
});
const individual = "individual";

function read(mappings: unknown): { documents: Map<string, MappingDocument>; problems: string[] } {
  const problems: string[] = [];
  const changes = connectionFileSchema.shape.mappings.parse(mappings);
  return { documents: mappingsOf(defaults, changes, (sentence) => problems.push(sentence)), problems };
}

function line(documents: ReadonlyMap<string, MappingDocument>, mapping: string, target: string) {
  return documents.get(mapping)?.lines.find((candidate) => candidate.target === target);
}

test("without changes the defaults run", () => {
  expect(read({}).documents).toEqual(new Map(defaults));
});

test("a text replaces the expression and keeps the other policies; null takes the line away", () => {
  const { documents } = read({ [individual]: { lines: { LastName: "a.b", FirstName: null } } });
  expect(line(documents, individual, "LastName")).toMatchObject({
    expression: "a.b",
    required: "S-360 contact has no last name",
    twoWay: true,
  });
  expect(line(documents, individual, "FirstName")).toBeUndefined();
});

test("policies are changed one by one; null takes an optional one away", () => {
  const { documents } = read({ [individual]: { lines: { LastName: { tooLong: "cut", required: null } } } });
  const changed = line(documents, individual, "LastName");
  expect(changed).toMatchObject({ expression: "individualContact.individualLastName", tooLong: "cut" });
  expect(changed?.required).toBeUndefined();
});

test("a mapping of its own needs kind, object and key; a misspelt default is recognised", () => {
  const own = {
    kind: "individual",
    object: "Pref__c",
    keyField: "Key__c",
    lines: { Key__c: "contactNumber" },
  };
  expect(read({ preferences: own }).documents.get("preferences")).toMatchObject({ object: "Pref__c" });
  expect(read({ individul: { lines: {} } }).problems).toEqual([
    "mappings.individul: a mapping of its own needs kind, object and keyField; did you mean individual?",
  ]);
});

test("a mapping that is too large with its changes is told, and does not run", () => {
  const lines = (count: number, expression: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`X${index}__c`, expression]));
  const told = (given: object) => read({ [individual]: { lines: given } });
  expect(told(lines(501, "x")).problems).toEqual([
    "mappings.individual.lines: must not be longer than 500, got a list",
  ]);
  expect(told(lines(21, "x".repeat(10_000))).problems).toEqual([
    expect.stringMatching(/^mappings\.individual\.lines: the expressions of a mapping have at most 200000/),
  ]);
});

test("lines that cannot be changed as asked are told with their path", () => {
  const { problems } = read({ [individual]: { lines: { PersonMail: null, New__c: { tooLong: "cut" } } } });
  expect(problems).toEqual([
    `mappings.${individual}.lines.PersonMail: the default mapping has no such line to take away; did you mean PersonEmail?`,
    `mappings.${individual}.lines.New__c: a line that is not in the default mapping needs an expression`,
  ]);
});

const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const policies = {
  expression: fc.string({ minLength: 1 }),
  onMissing: fc.oneof(
    fc.constantFrom("leave", "clear"),
    fc.record({ default: scalar, when: fc.constantFrom("always", "create") }),
  ),
  onInvalid: fc.oneof(fc.constantFrom("hold", "leave"), fc.record({ default: scalar })),
  tooLong: fc.constantFrom("hold", "cut"),
  when: fc.constantFrom("always", "create", "blank"),
  twoWay: fc.boolean(),
};
const optional = {
  required: fc.string(),
  owner: fc.constantFrom("s360", "salesforce"),
  note: fc.string(),
  reference: fc.record({ object: fc.string({ minLength: 1 }) }),
};
const anyLine = fc.record({ ...policies, ...optional }, { requiredKeys: Object.keys(policies) as [] });
const anyDocument = fc
  .record({
    name: fc.constantFrom(...defaults.keys(), "preferences"),
    own: fc.dictionary(fc.stringMatching(/^(\[p\])?[A-Z][A-Za-z]{0,5}$/), anyLine, { maxKeys: 4 }),
    kept: fc.array(fc.nat({ max: 25 })),
    retouched: fc.option(anyLine),
    recordType: fc.constantFrom(undefined, "person", "business"),
    filter: fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
  })
  .map(({ name, own, kept, retouched, recordType, filter }) => {
    const base = defaults.get(name);
    const lines = new Map(
      (base?.lines ?? []).filter((_, index) => !kept.includes(index)).map((l) => [l.target, l as object]),
    );
    const first = [...lines.keys()][0];
    if (first && retouched) lines.set(first, { ...retouched, target: first });
    for (const [target, added] of Object.entries(own)) lines.set(target, { ...added, target });
    const header = base ?? { kind: "individual", object: "Pref__c", keyField: "Key__c" };
    const document = { ...header, recordType, filter, lines: [...lines.values()] };
    return [name, mappingDocumentSchema.parse(JSON.parse(JSON.stringify(document)))] as const;
  });

test("what is exported reads back as the same mappings, through YAML's own checks", () => {
  fc.assert(
    fc.property(fc.array(anyDocument, { maxLength: 4 }), (documents) => {
      const actual = new Map(documents);
      const changes = mappingChanges(defaults, actual);
      const back = read(JSON.parse(JSON.stringify(changes)));
      expect(back.problems).toEqual([]);
      expect([...back.documents.keys()].sort()).toEqual([...actual.keys()].sort());
      for (const [name, document] of actual) {
        const read = back.documents.get(name);
        expect(read && sameMapping(read, document)).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});

test("nothing is exported for mappings that are the defaults", () => {
  expect(mappingChanges(defaults, new Map(defaults))).toEqual({});
});
