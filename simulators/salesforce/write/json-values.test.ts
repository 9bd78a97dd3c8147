import { describe, expect, it } from "vitest";
import { readJsonValue } from "./json-values";
import { Schema } from "../model/schema";
import { Org } from "../org/org";
import { resolveOptions } from "../org/options";

const schema: Schema = new Org(resolveOptions({})).schema;

function read(path: string, raw: unknown): unknown {
  const [objectName = "", name = ""] = path.split(".");
  const field = schema.find(objectName)?.field(name);
  if (!field) throw new Error(`There is no ${path}.`);
  return readJsonValue(field, raw, JSON.stringify({ [name]: raw }));
}

describe("a number in quotes", () => {
  it.each([
    ["Account.NumberOfEmployees", "100", 100],
    ["Account.NumberOfEmployees", "-7", -7],
    ["Account.AnnualRevenue", "12.50", 12.5],
    ["Opportunity.Probability", "1e1", 10],
  ])("is the number: %s %j", (path, raw, value) => {
    expect(read(path, raw)).toBe(value);
  });

  it.each([
    ["Account.NumberOfEmployees", ""],
    ["Account.NumberOfEmployees", "1.5"],
    ["Account.NumberOfEmployees", "0x10"],
    ["Account.AnnualRevenue", ""],
    ["Account.AnnualRevenue", " "],
    ["Account.AnnualRevenue", "a lot"],
    ["Account.AnnualRevenue", "1'000"],
    ["Account.AnnualRevenue", true],
    ["Contact.DoNotCall", "true"],
  ])("is refused where it is none, and a checkbox in quotes too: %s %j", (path, raw) => {
    expect(() => read(path, raw)).toThrow(/^Cannot deserialize instance of (int|double|boolean) from VALUE_/);
  });
});

describe("text that is empty", () => {
  it.each([
    ["Contact.Birthdate", "date"],
    ["SecutixSale__c.CreationDate__c", "datetime"],
  ])("is no %s", (path, type) => {
    for (const blank of ["", "  "]) {
      expect(() => read(path, blank)).toThrow(
        `Cannot deserialize instance of ${type} from VALUE_STRING value ${blank} or request may be missing a required field at [line:1, column:`,
      );
    }
  });

  it.each(["Contact.Title", "Contact.LeadSource", "Contact.Email", "Contact.Phone", "Contact.AccountId"])(
    "is taken for text, to be stored as null: %s",
    (path) => {
      expect(read(path, "")).toBe("");
    },
  );
});

describe("a datetime for a date", () => {
  it.each([
    ["2024-03-31T00:30:00.000Z", "2024-03-31"],
    ["2024-03-31T00:30:00.000+02:00", "2024-03-30"],
    ["2024-03-31T00:30:00Z", "2024-03-31"],
  ])("is its day in UTC: %s", (raw, day) => {
    expect(read("Contact.Birthdate", raw)).toBe(day);
  });

  it.each([
    "2015-07-23T09:38:33.6366008+02:00",
    "2020-04-30T13:19:18.000000+02:00",
    "1980-01-01+02:00",
    "2024-02-30T00:00:00.000Z",
    "2024-03-31T00:30",
  ])("is refused in other forms: %s", (raw) => {
    expect(() => read("Contact.Birthdate", raw)).toThrow(
      `Cannot deserialize instance of date from VALUE_STRING value ${raw} or`,
    );
  });
});

describe("a list for a picklist of several values", () => {
  it("is refused by the name of its type", () => {
    const sale = schema.find("SecutixSale__c");
    const field = sale?.model.fields.find(({ type }) => type === "string");
    if (!field) throw new Error("There is no text field.");
    const refused = (type: "multipicklist" | "string", raw: unknown) => () =>
      readJsonValue({ ...field, type }, raw, "");
    expect(refused("multipicklist", ["a"])).toThrow(
      "Cannot deserialize instance of multipicklist from START_ARRAY value [ or request may be missing",
    );
    expect(refused("string", {})).toThrow(
      "Cannot deserialize instance of string from START_OBJECT value { or",
    );
  });
});
