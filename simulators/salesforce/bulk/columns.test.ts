import { describe, expect, it } from "vitest";
import { readColumns } from "./columns";
import { errorText } from "./row-error-text";
import { javaDouble } from "./java-number";
import { readCell } from "./text-values";
import { Schema } from "../model/schema";
import type { FieldModel } from "../model/types";

const schema = new Schema({
  personAccounts: false,
  prefix: "",
  secutixPackage: true,
  multiCurrency: false,
  stateCountryPicklists: false,
});
const contact = schema.standard("Contact");

const columns = (...header: string[]) => readColumns(schema, contact, "insert", header);

describe("the header of a job's data", () => {
  it("names fields and keys of parents, in any case", () => {
    const [name, account, owner] = columns("LASTNAME", "account.syncid__c", "Owner.Username");
    expect(name?.field.name).toBe("LastName");
    expect(account).toMatchObject({
      kind: "parent",
      relationshipName: "Account",
      parentField: { name: "SyncId__c" },
    });
    expect(owner).toMatchObject({ kind: "parent", field: { name: "OwnerId" } });
  });

  it.each([
    ["Nope", "Field name not found : Nope"],
    [" LastName", "Field name not found :  LastName"],
    ["LastName;Phone", "Field name not found : LastName;Phone"],
    ["MailingAddress", "Field name not found : MailingAddress"],
    ["Account.Owner.Name", "Field name not found : Account.Owner.Name"],
    ["Account.Nope__c", "Field name not found : Account.Nope__c"],
    ["Account:Owner:Id", "Field name not found : Account:Owner:Id"],
    ["Nope.Id", "Unable to find relationship: Nope"],
    ["Account:Nope.Id", "Unable to find relationship: Nope"],
    ["Account:Account.SyncId__c", "type is not needed for non polymorphic foreign key references: Account"],
    ["Account.Phone", "Field name provided, Phone is not an External ID or indexed field for Account"],
  ])("is refused for %s", (name, reason) => {
    expect(() => columns("LastName", name)).toThrow(`InvalidBatch : ${reason}`);
  });

  it("names each field once", () => {
    expect(() => columns("LastName", "lastname")).toThrow("InvalidBatch : Duplicate field name : LastName");
  });

  it("has nothing but Id for deletions", () => {
    expect(readColumns(schema, contact, "delete", ["id"])).toHaveLength(1);
    expect(() => readColumns(schema, contact, "delete", ["Id", "LastName"])).toThrow(
      "InvalidBatch : The 'delete' batch must contain only ids",
    );
    expect(() => readColumns(schema, contact, "hardDelete", ["LastName"])).toThrow("must contain only ids");
  });
});

describe("a cell", () => {
  const field = (type: FieldModel["type"]): FieldModel => ({ ...columnField("LastName"), type });

  function columnField(name: string): FieldModel {
    const found = contact.field(name);
    if (!found) throw new Error(`Contact has no ${name}`);
    return found;
  }

  it.each([
    ["string", " kept ", " kept "],
    ["string", "#N/A", null],
    ["boolean", "TRUE", true],
    ["boolean", "0", false],
    ["int", " -12 ", -12],
    ["double", "1.5E3", 1500],
    ["currency", ".5", 0.5],
    ["date", "2026-02-28", "2026-02-28"],
    ["datetime", "2026-02-28T10:00:00.000+05:00", "2026-02-28T10:00:00.000+05:00"],
  ] as const)("of type %s reads %j as %j", (type, text, value) => {
    expect(readCell(field(type), text)).toEqual({ value });
  });

  it.each([
    ["boolean", "yes", "xsd:boolean"],
    ["int", "250.0", "xsd:int"],
    ["double", "1,5", "xsd:double"],
    ["percent", "12%", "xsd:double"],
    ["date", "28/02/2026", "xsd:date"],
    ["date", "2026-02-30", "xsd:date"],
    ["datetime", "2026-02-28 10:00:00", "xsd:dateTime"],
  ] as const)("of type %s does not take %j", (type, text, wrongType) => {
    expect(readCell(field(type), text)).toEqual({ wrongType });
  });
});

describe("sf__Error", () => {
  it("has code, message and fields", () => {
    expect(errorText([{ statusCode: "A", message: "b", fields: ["X", "Y"] }])).toBe("A:b:X,Y --");
    expect(errorText([{ statusCode: "A", message: "b", fields: [] }])).toBe("A:b:--");
  });
});

describe("a number in query results", () => {
  it.each([
    [0, "0.0"],
    [1000, "1000.0"],
    [-12.5, "-12.5"],
    [90_000_000, "9.0E7"],
    [115_056_052, "1.15056052E8"],
    [16_147_805_824_397, "1.6147805824397E13"],
    [0.0005, "5.0E-4"],
  ])("%d is written as Java does: %s", (value, text) => {
    expect(javaDouble(value)).toBe(text);
  });
});

describe("a cell of a checkbox", () => {
  it.each(["constructor", "__proto__", "toString", "yes"])("takes no %s", (text) => {
    const checkbox = contact.field("HasOptedOutOfEmail");
    expect(checkbox && readCell(checkbox, text)).toEqual({ wrongType: "xsd:boolean" });
  });
});
