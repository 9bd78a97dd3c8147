import { expect, it } from "vitest";
import type { MappingDocument } from "./document";
import { objectRanks } from "./published";

const line = (target: string, object?: string): MappingDocument["lines"][number] => ({
  target,
  expression: "x",
  onMissing: "leave",
  onInvalid: "hold",
  tooLong: "hold",
  when: "always",
  twoWay: false,
  reference: object ? { object } : undefined,
});
const document = (object: string, ...references: string[]): MappingDocument => ({
  kind: "individual",
  object,
  keyField: "SyncId__c",
  lines: references.map((reference) => line("X", reference)),
});

it("writes an object after the objects its references point to", () => {
  const ranks = objectRanks([
    document("Sale", "Account", "Contact"),
    document("Contact", "Account"),
    document("Account"),
  ]);
  expect(Object.fromEntries(ranks)).toEqual({ Account: 0, Contact: 1, Sale: 2 });
});

it("does not follow references in a circle", () => {
  const ranks = objectRanks([document("Account", "Account", "Contact"), document("Contact", "Account")]);
  expect(ranks.get("Account")).toBeGreaterThanOrEqual(0);
  expect(ranks.get("Contact")).toBeGreaterThanOrEqual(0);
});
