import { describe, expect, it } from "vitest";
import { runSoql } from "./run";
import { ApiError } from "../http/errors";
import { multiPicklist, picklistValue } from "../model/field-builders";
import { resolveOptions } from "../org/options";
import { Org } from "../org/org";

const org = new Org(resolveOptions({}));
const before = org.schema.standard("Account").model;
const VALUES = ["AAA", "BBB", "CCC", "DDD", "EEE"].map((value) => picklistValue(value, `Label ${value}`));
org.define([{ ...before, fields: [...before.fields, multiPicklist("MSP1__c", "Choices", VALUES)] }]);
const accounts = org.schema.standard("Account");
for (const choices of ["AAA;BBB", "AAA;BBB;DDD", "CCC", "CCC;EEE", "AAA;CCC", "DDD", null]) {
  org.store.put(accounts, {
    Id: org.ids.next("001"),
    Name: choices ?? "none",
    MSP1__c: choices,
    IsDeleted: false,
  });
}

function names(where: string): unknown[] {
  const soql = `SELECT Name FROM Account WHERE ${where}`;
  const { records } = runSoql(org, org.schema, soql, 62, false).page(0, { size: 2000, keep: () => "" });
  return records.map((record) => (record as { Name: string }).Name);
}

describe("Multi-select picklists", () => {
  it("are searched with INCLUDES: `;` means and, a comma means or", () => {
    expect(names("MSP1__c INCLUDES ('AAA;BBB', 'CCC')")).toEqual([
      "AAA;BBB",
      "AAA;BBB;DDD",
      "CCC",
      "CCC;EEE",
      "AAA;CCC",
    ]);
    expect(names("MSP1__c includes ('aaa')")).toEqual(["AAA;BBB", "AAA;BBB;DDD", "AAA;CCC"]);
    expect(names("MSP1__c EXCLUDES ('AAA', 'CCC')")).toEqual(["DDD", "none"]);
  });

  it("equal the same choices in any order", () => {
    expect(names("MSP1__c = 'BBB;AAA'")).toEqual(["AAA;BBB"]);
    expect(names("MSP1__c != 'AAA;BBB' AND MSP1__c != null AND Name LIKE '%DDD'")).toEqual([
      "AAA;BBB;DDD",
      "DDD",
    ]);
  });

  it("show their labels with toLabel", () => {
    const soql = "SELECT toLabel(MSP1__c) FROM Account WHERE MSP1__c = 'CCC;EEE'";
    const { records } = runSoql(org, org.schema, soql, 62, false).page(0, { size: 2000, keep: () => "" });
    expect(records).toMatchObject([{ MSP1__c: "Label CCC;Label EEE" }]);
  });

  it.each(["MSP1__c > 'AAA'", "MSP1__c LIKE 'A%'"])("cannot be compared as in %s", (where) => {
    expect(() => names(where)).toThrow("invalid operator on multipicklist field");
    expect(() => names(where)).toThrow(ApiError);
  });

  it("cannot be sorted or grouped by", () => {
    expect(() => names("Name = 'x' ORDER BY MSP1__c")).toThrow("can not be sorted in a query call");
    expect(() => runSoql(org, org.schema, "SELECT MSP1__c FROM Account GROUP BY MSP1__c", 62, false)).toThrow(
      "can not be grouped in a query call",
    );
  });
});
