import { describe, expect, it } from "vitest";
import type { CanonicalFields, FieldDescribe } from "../side";
import { testField } from "../mapping/test-describe";
import { match, OrgRows, type OrgRow } from "./match";
import { likenessOf, prepareRules } from "./rules";
import { matchingSchema, matchRuleSchema } from "./settings";

const fields: readonly FieldDescribe[] = [
  testField("FirstName", "text", 40),
  testField("LastName", "text", 80),
  testField("PersonEmail", "email", 80),
  testField("PersonMobilePhone", "phone", 40),
  testField("Name", "text", 255),
  testField("BillingCountry", "text", 80),
  testField("VatNumber__c", "text", 40),
  testField("BillingStreet", "textarea", 255),
];

const rules = (...given: object[]) =>
  prepareRules(
    given.map((one) => matchRuleSchema.parse(one)),
    "individual",
    fields,
  ).ready;

const byEmail = rules({ fields: ["Email"] });
const edna = { FirstName: "Edna", LastName: "Frank", PersonEmail: "frank@home.ch" };

function row(id: string, held: CanonicalFields, more: Partial<OrgRow> = {}): OrgRow {
  return { id, key: null, person: true, accountId: null, fields: held, ...more };
}

function verdict(rows: readonly OrgRow[], values: CanonicalFields = edna, ready = byEmail) {
  const isTaken = ({ key }: OrgRow) => key !== null;
  const { candidates, taken } = match({ rules: ready, values, person: true }, new OrgRows(rows), isTaken);
  return {
    free: candidates.map(({ row: { id }, doubt }) => (doubt ? `${id} ${doubt}` : id)),
    taken: taken.map(({ row: { id } }) => id),
  };
}

describe("matching a person", () => {
  it("finds one with the same e-mail and name, in whatever case and accents", () => {
    const held = { FirstName: "EDNA", LastName: "Fránk", PersonEmail: "Frank@Home.ch" };
    expect(verdict([row("a", held)])).toEqual({ free: ["a"], taken: [] });
  });

  it("keeps a family apart that shares an e-mail address", () => {
    const held = { ...edna, FirstName: "Walter" };
    expect(verdict([row("a", held), row("b", edna)])).toEqual({ free: ["b"], taken: [] });
    const anyName = rules({ fields: ["Email"], names: "may-differ" });
    expect(verdict([row("a", held)], edna, anyName)).toEqual({ free: ["a"], taken: [] });
  });

  it("is not sure where one side has no first name", () => {
    expect(verdict([row("a", { ...edna, FirstName: null })])).toEqual({ free: ["a name"], taken: [] });
  });

  it("is not sure where taking it would move it to another Account", () => {
    const ours = { ...edna, AccountId: "S-1" };
    expect(verdict([row("a", { ...edna, AccountId: "S-2" })], ours).free).toEqual(["a account"]);
    expect(verdict([row("a", { ...edna, AccountId: "s-1" })], ours).free).toEqual(["a"]);
    expect(verdict([row("a", { ...edna, AccountId: null })], ours).free).toEqual(["a"]);
    const unknown = row("a", { ...edna, AccountId: null }, { accountId: "001" });
    expect(verdict([unknown], ours).free).toEqual(["a account"]);
  });

  it("takes nobody who carries another Sync ID, but names them", () => {
    expect(verdict([row("a", edna, { key: "77" })])).toEqual({ free: [], taken: ["a"] });
    expect(verdict([row("a", edna, { key: "77" }), row("b", edna)])).toEqual({ free: ["b"], taken: ["a"] });
  });

  it("takes no company for a person", () => {
    expect(verdict([row("a", edna, { person: false })]).free).toEqual([]);
    expect(verdict([row("a", edna, { person: null })]).free).toEqual(["a"]);
  });

  it("finds nothing by a value that S-360 does not have", () => {
    const nobody = { FirstName: "Edna", LastName: "Frank", PersonEmail: null };
    expect(verdict([row("a", nobody)], nobody).free).toEqual([]);
  });

  it("asks rules in their order, and goes on while nobody free is found", () => {
    const both = rules({ fields: ["Email"] }, { fields: ["MobilePhone"], compare: "normalised" });
    const phone = { ...edna, PersonEmail: "x@y.ch", PersonMobilePhone: "079 123 45 67" };
    const ours = { ...edna, PersonMobilePhone: "+41791234567" };
    expect(verdict([row("p", phone), row("e", edna)], ours, both).free).toEqual(["e"]);
    expect(verdict([row("p", phone), row("e", edna, { key: "7" })], ours, both)).toEqual({
      free: ["p"],
      taken: ["e"],
    });
  });

  it("needs every field of a rule", () => {
    const named = rules({ fields: ["Name", "BillingCountry"], compare: "normalised", names: "may-differ" });
    const ours = { Name: "Étoile SA", BillingCountry: "CH" };
    expect(verdict([row("a", { Name: "Etoile", BillingCountry: "ch" })], ours, named).free).toEqual(["a"]);
    expect(verdict([row("a", { Name: "Etoile", BillingCountry: "FR" })], ours, named).free).toEqual([]);
  });

  it("compares exact phones by all their digits", () => {
    const exact = rules({ fields: ["MobilePhone"] });
    const ours = { ...edna, PersonMobilePhone: "+41791234567" };
    const held = { ...edna, PersonMobilePhone: "+41781234567" };
    expect(verdict([row("a", held)], ours, exact).free).toEqual([]);
  });
});

describe("a rule", () => {
  it("sleeps while the mapping fills one of its fields not, or nobody can search by it", () => {
    const given = [{ fields: ["Email"] }, { fields: ["Tax__c"] }, { fields: ["BillingStreet", "Name"] }];
    const { ready, sleeping } = prepareRules(
      given.map((one) => matchRuleSchema.parse(one)),
      "structure",
      fields,
    );
    expect(ready.map((rule) => rule.fields.map(({ name }) => name))).toEqual([["PersonEmail"]]);
    expect(sleeping.map((one) => one.fields)).toEqual([["Tax__c"], ["BillingStreet"]]);
  });

  it("sleeps where Salesforce cannot search by its field", () => {
    const encrypted = { ...testField("Tax__c", "text", 40), filterable: false };
    const given = matchRuleSchema.parse({ fields: ["Tax__c"] });
    expect(prepareRules([given], "structure", [encrypted]).sleeping).toHaveLength(1);
  });

  it("names fields with the package's prefix or without", () => {
    expect(rules({ fields: ["[p]VatNumber__c"] })[0]?.fields[0]?.name).toBe("VatNumber__c");
  });

  it("asks the org for a pattern only where it is compared normalised", () => {
    const [exact] = rules({ fields: ["Name"] });
    const [normalised] = rules({ fields: ["Name"], compare: "normalised" });
    const values = { Name: "Étoile SA" };
    expect(exact && likenessOf(exact, values, null)?.fields).toEqual([
      { name: "Name", is: "equal", value: "Étoile SA" },
    ]);
    expect(normalised && likenessOf(normalised, values, null)?.fields).toEqual([
      { name: "Name", is: "like", value: "%_t__l_%" },
    ]);
  });
});

describe("settings", () => {
  it("start with e-mail and name for people, and with nothing for companies", () => {
    const rule = { fields: ["Email"], compare: "exact", names: "must-fit" };
    expect(matchingSchema.parse({})).toEqual({
      individual: { rules: [rule], several: "review" },
      relay: { rules: [rule], several: "review" },
      structure: { rules: [], several: "review" },
    });
  });

  it.each([
    [[{ fields: [] }]],
    [[{ fields: ["A", "B", "C", "D"] }]],
    [[{ fields: ["Email", "email"] }]],
    [[{ fields: ["Email) OR (Id"] }]],
    [Array.from({ length: 7 }, () => ({ fields: ["Email"] }))],
  ])("refuse %j", (given) => {
    expect(matchingSchema.safeParse({ individual: { rules: given } }).success).toBe(false);
  });
});
