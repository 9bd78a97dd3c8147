import { describe, expect, it } from "vitest";
import { queryShape } from "./shape";
import { resolveOptions } from "../org/options";
import { Org } from "../org/org";

const { schema } = new Org(resolveOptions({}));

const PLAIN = {
  objectName: "Contact",
  hasAggregates: false,
  hasGroupBy: false,
  hasOffset: false,
  hasTypeOf: false,
  hasSubqueries: false,
  compoundFields: [],
  functions: [],
};

describe("The shape of a query", () => {
  it.each([
    ["SELECT Id, Account.Name FROM Contact WHERE LastName = 'GROUP BY' LIMIT 5", {}],
    ["SELECT Id FROM Contact OFFSET 5", { hasOffset: true }],
    ["SELECT COUNT(Id) FROM Contact", { hasAggregates: true, functions: ["COUNT"] }],
    ["SELECT LastName FROM Contact GROUP BY LastName", { hasAggregates: true, hasGroupBy: true }],
    ["SELECT TYPEOF Owner WHEN User THEN Name END FROM Contact", { hasTypeOf: true }],
    ["SELECT (SELECT Id FROM SecutixSales__r) FROM Contact", { hasSubqueries: true }],
    [
      "SELECT MailingAddress, Contact.OtherAddress, Account.BillingAddress FROM Contact",
      { compoundFields: ["MailingAddress", "OtherAddress", "BillingAddress"] },
    ],
    ["SELECT FIELDS(STANDARD) FROM Contact", { functions: ["FIELDS"] }],
  ])("%s", (query, expected) => {
    expect(queryShape(schema, query)).toEqual({ ...PLAIN, ...expected });
  });
});
