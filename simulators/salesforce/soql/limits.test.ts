import { describe, expect, it } from "vitest";
import { runSoql } from "./run";
import { valueOrder } from "./sort";
import { ApiError } from "../http/errors";
import { reference } from "../model/field-builders";
import { resolveOptions } from "../org/options";
import { Org } from "../org/org";

const org = new Org(resolveOptions({}));
const lookups = Array.from({ length: 56 }, (_, n) =>
  reference(`Ref${String(n)}__c`, "Ref", "Account", `Ref${String(n)}__r`, {
    childRelationshipName: `Contacts${String(n)}__r`,
  }),
);
const { model } = org.schema.standard("Contact");
org.define([{ ...model, fields: [...model.fields, ...lookups] }]);

function refusal(soql: string): string | undefined {
  try {
    runSoql(org, org.schema, soql, 62, false);
    return undefined;
  } catch (error) {
    return error instanceof ApiError ? `${error.errorCode}: ${error.message}` : String(error);
  }
}
const list = (count: number, item: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => item(n)).join(", ");

describe("A query may", () => {
  it("have 100,000 characters", () => {
    const padded = (length: number) => "SELECT Id FROM Account".padEnd(length);
    expect(refusal(padded(100_000))).toBeUndefined();
    expect(refusal(padded(100_001))).toBe(
      "MALFORMED_QUERY: SOQL statements cannot be longer than 100000 characters.",
    );
  });

  it("use 55 relationships to parents, each as often as it likes", () => {
    const parents = (count: number) => list(count, (n) => `Ref${String(n)}__r.Name, Ref${String(n)}__r.Id`);
    expect(refusal(`SELECT ${parents(55)} FROM Contact`)).toBeUndefined();
    expect(refusal(`SELECT ${parents(56)} FROM Contact`)).toMatch(/^MALFORMED_QUERY: .*at most 55/);
  });

  it("use 20 relationships to children", () => {
    const children = (count: number) => list(count, (n) => `(SELECT Id FROM Contacts${String(n)}__r)`);
    expect(refusal(`SELECT ${children(20)} FROM Account`)).toBeUndefined();
    expect(refusal(`SELECT ${children(21)} FROM Account`)).toMatch(/^MALFORMED_QUERY: .*at most 20/);
  });

  it("have 1,000 conditions", () => {
    const conditions = (count: number) =>
      Array.from({ length: count }, (_, n) => `Name = '${String(n)}'`).join(" OR ");
    expect(refusal(`SELECT Id FROM Account WHERE ${conditions(1000)}`)).toBeUndefined();
    expect(refusal(`SELECT Id FROM Account WHERE ${conditions(1001)}`)).toBe(
      "QUERY_TOO_COMPLICATED: Query is either selecting too many fields or the filter conditions are too complicated.",
    );
  });
});

describe("Text sorts", () => {
  const sorted = (locale: string) => {
    const order = valueOrder({ user: { locale } }, { type: "string", caseSensitive: false }, undefined);
    return ["zoo", "Éclair", "bar", "Zebra", "eclipse", "_"].sort(order);
  };

  it("by its upper case in English locales, by Unicode collation in others", () => {
    expect(sorted("en-US")).toEqual(["bar", "eclipse", "Zebra", "zoo", "_", "Éclair"]);
    expect(sorted("fr-CH")).toEqual(["_", "bar", "Éclair", "eclipse", "Zebra", "zoo"]);
  });
});
