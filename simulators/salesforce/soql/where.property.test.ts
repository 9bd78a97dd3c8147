import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstRows } from "./first-rows";
import { runSoql } from "./run";
import type { Row, Value } from "../model/types";
import { resolveOptions } from "../org/options";
import { Org } from "../org/org";

const org = new Org(resolveOptions({}));
const contacts = org.schema.standard("Contact");
const accounts = org.schema.standard("Account");

function put(object: typeof contacts, row: Record<string, Value>): Row {
  const stored = { Id: org.ids.next(object.model.keyPrefix), IsDeleted: false, ...row };
  org.store.put(object, stored);
  return stored;
}

const EMPLOYEES = [null, 0, 1, 2];
const LAST_NAMES = [null, "a", "B", "ab", "A%", "_", "b\\a"];
const BIRTHDATES = [null, "1980-01-01", "1980-01-02", "2000-02-29"];
const parents = [undefined, ...EMPLOYEES.map((count) => put(accounts, { NumberOfEmployees: count }))];

/** Every combination of values, and what the queried fields then hold. */
const ROWS: { row: Row; values: Record<string, Value> }[] = [];
for (const LastName of LAST_NAMES) {
  for (const Birthdate of BIRTHDATES) {
    for (const parent of parents) {
      const HasOptedOutOfEmail = ROWS.length % 2 === 0;
      const own = { LastName, Birthdate, HasOptedOutOfEmail };
      const row = put(contacts, { ...own, AccountId: parent?.Id ?? null });
      const employees = parent?.NumberOfEmployees ?? null;
      ROWS.push({ row, values: { ...own, "Account.NumberOfEmployees": employees } });
    }
  }
}

type Node =
  | { kind: "compare"; field: string; operator: string; values: Value[] }
  | { kind: "like"; pattern: string[] }
  | { kind: "not"; part: Node }
  | { kind: "and" | "or"; parts: Node[] };

const FIELDS: Record<string, readonly Value[]> = {
  LastName: [...LAST_NAMES, "zz"],
  Birthdate: [...BIRTHDATES, "1999-12-31"],
  HasOptedOutOfEmail: [true, false],
  "Account.NumberOfEmployees": [...EMPLOYEES, 5],
};

const compare = fc.constantFrom(...Object.keys(FIELDS)).chain((field): fc.Arbitrary<Node> => {
  const value = fc.constantFrom(...(FIELDS[field] ?? []));
  const isBoolean = field === "HasOptedOutOfEmail";
  const operators = isBoolean ? ["=", "!="] : ["=", "!=", "<", "<=", ">", ">="];
  return fc.oneof(
    fc.record({
      kind: fc.constant("compare" as const),
      field: fc.constant(field),
      operator: fc.constantFrom(...operators),
      values: value.map((one) => [one]),
    }),
    fc.record({
      kind: fc.constant("compare" as const),
      field: fc.constant(field),
      operator: fc.constantFrom("IN", "NOT IN"),
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
    }),
  );
});
const like = fc.record({
  kind: fc.constant("like" as const),
  pattern: fc.array(fc.constantFrom("a", "B", "%", "_", "\\%", "\\_"), { minLength: 1, maxLength: 4 }),
});
const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    compare,
    like,
    fc.record({ kind: fc.constant("not" as const), part: tie("node") }),
    fc.record({
      kind: fc.constantFrom("and" as const, "or" as const),
      parts: fc.array(tie("node"), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

function literal(value: Value): string {
  if (typeof value !== "string") return String(value);
  return /^\d{4}-/.test(value) ? value : quoted(value);
}

function quoted(text: string): string {
  const escapes: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\b": "\\b" };
  const escaped = text
    .replace(/[\\'"]/g, "\\$&")
    .replace(/[\n\r\t\f\b]/g, (found) => escapes[found] ?? found);
  return `'${escaped}'`;
}

function soqlOf(tree: Node): string {
  switch (tree.kind) {
    case "compare": {
      const values = tree.values.map(literal);
      const isList = tree.operator.endsWith("IN");
      return `${tree.field} ${tree.operator} ${isList ? `(${values.join(", ")})` : (values[0] ?? "null")}`;
    }
    case "like":
      return `LastName LIKE '${tree.pattern.join("")}'`;
    case "not":
      return `(NOT ${soqlOf(tree.part)})`;
    case "and":
    case "or":
      return `(${tree.parts.map(soqlOf).join(tree.kind === "and" ? " AND " : " OR ")})`;
  }
}

/** What the SOQL reference says, said as plainly as can be. */
function holds(tree: Node, values: Record<string, Value>): boolean {
  switch (tree.kind) {
    case "compare":
      return compares(values[tree.field] ?? null, tree.operator, tree.values);
    case "like": {
      const source = tree.pattern.map((part) =>
        part === "%" ? "[^]*" : part === "_" ? "[^]" : part.startsWith("\\") ? part.slice(1) : part,
      );
      const { LastName } = values;
      return typeof LastName === "string" && new RegExp(`^${source.join("")}$`, "i").test(LastName);
    }
    case "not":
      return !holds(tree.part, values);
    case "and":
      return tree.parts.every((part) => holds(part, values));
    case "or":
      return tree.parts.some((part) => holds(part, values));
  }
}

function compares(value: Value, operator: string, others: Value[]): boolean {
  const plain = (one: Value) => (typeof one === "string" ? one.toLowerCase() : one);
  const isAmong = others.map(plain).includes(plain(value));
  if (operator === "=" || operator === "IN") return isAmong;
  if (operator === "!=" || operator === "NOT IN") return !isAmong;
  const [own, other] = [plain(value), plain(others[0] ?? null)];
  if (own === null || other === null) return false;
  if (operator === "<") return own < other;
  if (operator === "<=") return own <= other;
  return operator === ">" ? own > other : own >= other;
}

function idsOf(query: string): unknown[] {
  const { records } = runSoql(org, org.schema, query, 62, false).page(0, { size: 2000, keep: () => "" });
  return records.map((record) => (record as { Id: string }).Id);
}

describe("WHERE", () => {
  it("lets through the rows that a plain reading of the conditions does", () => {
    fc.assert(
      fc.property(node, (tree) => {
        fc.pre(!/NOT \(+NOT \(+NOT/.test(soqlOf(tree)));
        const expected = ROWS.filter(({ values }) => holds(tree, values)).map(({ row }) => row.Id);
        expect(idsOf(`SELECT Id FROM Contact WHERE ${soqlOf(tree)}`)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("refuses what the parser would misread", () => {
    expect(() => idsOf("SELECT Id FROM Contact WHERE NOT (NOT (NOT LastName = 'a'))")).toThrow("three NOTs");
  });

  it("finds any text by its escaped form, and no other", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 30 }), (text) => {
        const row = put(contacts, { LastName: `x${text}` });
        const found = idsOf(`SELECT Id FROM Contact WHERE LastName = ${quoted(`x${text}`)}`);
        const others = idsOf(`SELECT Id FROM Contact WHERE LastName != ${quoted(`x${text}`)}`);
        org.store.table(contacts).set(String(row.Id), undefined);
        expect(found).toEqual([row.Id]);
        expect(others).not.toContain(row.Id);
      }),
    );
  });
});

describe("ORDER BY with LIMIT", () => {
  it("gives the first of all sorted rows, equal ones in their order", () => {
    const item = fc.record({ key: fc.integer({ min: 0, max: 20 }), place: fc.nat() });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 300 }), fc.nat({ max: 40 }), (items, count) => {
        const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;
        expect(firstRows(items, count, byKey)).toEqual([...items].sort(byKey).slice(0, count));
      }),
    );
  });
});
