import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { describeObject } from "./describe";
import { describeField } from "./describe-field";
import { Schema, type OrgShape } from "./schema";

/**
 * What describes of real orgs said of standard fields, one line a field: type, size, flags by letter, target. Fields
 * that point to objects which this org does not have are left out.
 */
const FLAGS = {
  n: "nillable",
  C: "createable",
  U: "updateable",
  D: "defaultedOnCreate",
  f: "filterable",
  s: "sortable",
  g: "groupable",
  a: "aggregatable",
  p: "permissionable",
  i: "idLookup",
  r: "restrictedPicklist",
  P: "searchPrefilterable",
  N: "nameField",
} as const;

type Described = ReturnType<typeof describeField>;

function line(field: Described): string {
  const digits = field.precision > 0 ? `${field.precision}.${field.scale}` : field.digits;
  const size = field.length > 0 ? field.length : digits;
  const flags = Object.entries(FLAGS).filter(([, property]) => field[property]);
  const target = field.referenceTo.length > 0 ? ` -> ${field.referenceTo.join(",")}` : "";
  return `${field.name}: ${field.type}${size === 0 ? "" : ` ${size}`} ${flags.map(([letter]) => letter).join("")}${target}`;
}

function recorded(object: string): string[] {
  const file = new URL(`./recorded/${object.toLowerCase()}.txt`, import.meta.url);
  return readFileSync(file, "utf8").trim().split("\n");
}

function ours(object: string, shape: Partial<OrgShape> = {}): string[] {
  const schema = new Schema({
    personAccounts: true,
    prefix: "",
    secutixPackage: false,
    multiCurrency: false,
    stateCountryPicklists: false,
    ...shape,
  });
  return (schema.find(object)?.model.fields ?? []).map((field) => line(describeField(field)));
}

const nameOf = (entry: string) => entry.slice(0, entry.indexOf(":"));

describe("standard fields", () => {
  it("of Account are those of a real org with person accounts, in its order", () => {
    expect(ours("Account")).toEqual(recorded("Account"));
  });

  it("of Account lack persons and record types where the org has business accounts alone", () => {
    const ofPersons = /^(?:Person|IsPersonAccount|LastName|FirstName|Salutation|RecordTypeId)/;
    const expected = recorded("Account").filter((entry) => !ofPersons.test(entry));
    expected[3] = "Name: string 255 CUfsgaN";
    expect(ours("Account", { personAccounts: false })).toEqual(expected);
  });

  it("of Contact are those of a real org, and those that later releases added", () => {
    const known = new Set(recorded("Contact").map(nameOf));
    const fields = ours("Contact");
    expect(fields.filter((entry) => known.has(nameOf(entry)))).toEqual(recorded("Contact"));
    expect(fields.map(nameOf).filter((name) => !known.has(name))).toEqual([
      "IsPersonAccount",
      "HasOptedOutOfEmail",
      "HasOptedOutOfFax",
      "DoNotCall",
      "Pronouns",
      "GenderIdentity",
    ]);
  });

  it("of Opportunity are those of a real org", () => {
    expect(ours("Opportunity")).toEqual(recorded("Opportunity"));
  });

  it("of Organization are those of a real org, in its order", () => {
    expect(ours("Organization").map(nameOf)).toEqual(recorded("Organization"));
  });

  it("carry every property that describes have", () => {
    const schema = new Schema({
      personAccounts: true,
      prefix: "",
      secutixPackage: true,
      multiCurrency: true,
      stateCountryPicklists: true,
    });
    for (const object of schema.objects) {
      const { fields } = describeObject(object, "/services/data/v62.0", "https://org.example", new Map());
      for (const field of fields) {
        expect(Object.keys(field).sort()).toEqual(recorded("field-properties"));
        expect(Object.values(field)).not.toContain(undefined);
      }
    }
  });
});

describe("an object", () => {
  const schema = new Schema({
    personAccounts: true,
    prefix: "",
    secutixPackage: true,
    multiCurrency: false,
    stateCountryPicklists: false,
  });
  const describedAs = (name: string) => {
    const object = schema.find(name);
    if (!object) throw new Error(`There is no ${name}.`);
    return describeObject(object, "/services/data/v62.0", "https://org.example", new Map());
  };

  it("names its resources and pages", () => {
    const sobject = "/services/data/v62.0/sobjects/Contact";
    expect(Object.entries(describedAs("Contact").urls)).toEqual([
      ["compactLayouts", `${sobject}/describe/compactLayouts`],
      ["rowTemplate", `${sobject}/{ID}`],
      ["approvalLayouts", `${sobject}/describe/approvalLayouts`],
      ["uiDetailTemplate", "https://org.example/{ID}"],
      ["uiEditTemplate", "https://org.example/{ID}/e"],
      ["listviews", `${sobject}/listviews`],
      ["describe", `${sobject}/describe`],
      ["uiNewRecord", "https://org.example/003/e"],
      ["quickActions", `${sobject}/quickActions`],
      ["layouts", `${sobject}/describe/layouts`],
      ["sobject", sobject],
    ]);
    expect(Object.keys(describedAs("Organization").urls)).toEqual(["rowTemplate", "describe", "sobject"]);
  });

  it("says where its records may be looked for", () => {
    expect(describedAs("Opportunity").supportedScopes).toEqual([
      { label: "All opportunities", name: "everything" },
      { label: "My opportunities", name: "mine" },
      { label: "Filter by scope", name: "scopingRule" },
      { label: "My team's opportunities", name: "team" },
    ]);
    expect(describedAs("User").supportedScopes).toEqual([{ label: "All users", name: "everything" }]);
  });

  it("lists the lookups that point to it by object and field, and not what merges leave", () => {
    const relationships = describedAs("Account").childRelationships;
    expect(
      relationships.map((child) => [
        child.childSObject,
        child.field,
        child.relationshipName,
        child.cascadeDelete,
      ]),
    ).toEqual([
      ["Account", "ParentId", "ChildAccounts", false],
      ["Contact", "AccountId", "Contacts", true],
      ["Opportunity", "AccountId", "Opportunities", true],
      ["SecutixSale__c", "Account__c", "SecutixSales__r", false],
    ]);
  });

  it("can be undeleted when it has a recycle bin", () => {
    expect(describedAs("Product2")).toMatchObject({ keyPrefix: "01t", undeletable: true });
    expect(describedAs("RecordType").undeletable).toBe(false);
  });
});
