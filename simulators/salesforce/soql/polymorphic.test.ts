import { describe, expect, it } from "vitest";
import { runSoql } from "./run";
import { reference } from "../model/field-builders";
import { resolveOptions } from "../org/options";
import { Org } from "../org/org";

const org = new Org(resolveOptions({}));
const contact = org.schema.standard("Contact").model;
const about = reference("About__c", "About", "Account", "About__r", { referenceTo: ["Account", "User"] });
org.define([{ ...contact, fields: [...contact.fields, about] }]);
const accountId = org.ids.next("001");
org.store.put(org.schema.standard("Account"), { Id: accountId, Name: "Venue", Phone: "1", IsDeleted: false });
for (const [LastName, About__c] of [
  ["account", accountId],
  ["user", org.setup.adminUserId],
  ["nothing", null],
] as const) {
  org.store.put(org.schema.standard("Contact"), {
    Id: org.ids.next("003"),
    LastName,
    About__c,
    IsDeleted: false,
  });
}

const query = (soql: string) =>
  runSoql(org, org.schema, soql, 62, false).page(0, { size: 2000, keep: () => "" }).records;

describe("A lookup to several objects", () => {
  it("shows what the objects share, and which one it is", () => {
    expect(query("SELECT About__r.Name, About__r.Type FROM Contact")).toMatchObject([
      {
        About__r: {
          attributes: { type: "Name", url: `/services/data/v62.0/sobjects/Account/${accountId}` },
          Name: "Venue",
          Type: "Account",
        },
      },
      { About__r: { attributes: { type: "Name" }, Type: "User" } },
      { About__r: null },
    ]);
    expect(query("SELECT LastName FROM Contact WHERE About__r.Type IN ('User')")).toMatchObject([
      { LastName: "user" },
    ]);
    expect(() => query("SELECT About__r.Industry FROM Contact")).toThrow(
      "No such column 'Industry' on entity 'Name'",
    );
  });

  it("shows fields by object with TYPEOF, and null without ELSE", () => {
    const soql =
      "SELECT LastName, TYPEOF About__r WHEN Account THEN Phone, Name ELSE Name END FROM Contact ORDER BY LastName";
    expect(query(soql)).toMatchObject([
      { About__r: { attributes: { type: "Account" }, Phone: "1", Name: "Venue" } },
      { LastName: "nothing", About__r: null },
      { About__r: { attributes: { type: "Name" } } },
    ]);
    expect(
      query("SELECT TYPEOF About__r WHEN Account THEN Phone END FROM Contact WHERE LastName = 'user'"),
    ).toMatchObject([{ About__r: null }]);
  });
});
