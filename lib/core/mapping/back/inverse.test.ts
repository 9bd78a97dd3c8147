import { describe, expect, it } from "vitest";
import { compileMapping } from "../compile";
import {
  individualToPersonAccount,
  lineOf,
  relayToContact,
  structureToAccount,
} from "../defaults/defaults-contacts";
import { operationToSale } from "../defaults/defaults-sales";
import type { MappingDocument, MappingLine } from "../document";
import { fieldsBackOf, inverseOf } from "./inverse";
import type { Inverse } from "./inverse-form";
import { checkPublishable } from "../publish/publish";
import { testAccount, testContact, testField, testSale } from "../test-describe";

const text = testField("Any__c", "text", 80);

function found(expression: string): Inverse {
  const answer = inverseOf(expression, text);
  if (!answer.ok) throw new Error(answer.sentence);
  return answer.inverse;
}

function refusal(expression: string, field: typeof text | null = text): string {
  const answer = inverseOf(expression, field);
  return answer.ok ? "goes back" : answer.sentence;
}

describe("what goes back", () => {
  it.each(["a.b", "$.a.b", "$$.a.b", "(a.b)", "((a.b))"])("%s, a path from the root", (expression) => {
    const steps = [{ name: "a", list: false, where: [], first: false }];
    expect(found(expression)).toEqual({
      form: "value",
      place: { steps, member: "b" },
      conversion: { by: "type" },
    });
  });

  it("a member of the contact itself", () => {
    expect(found("function")).toMatchObject({ place: { steps: [], member: "function" } });
  });

  it.each([
    ["addresses[main][0].town", [{ name: "main", test: "set", value: true }]],
    ["addresses[main=true][0].town", [{ name: "main", test: "equal", value: true }]],
    ["addresses[name='Home'][0].town", [{ name: "name", test: "equal", value: "Home" }]],
    ['addresses["Home"=name][0].town', [{ name: "name", test: "equal", value: "Home" }]],
    [
      "addresses[main][rank=2][0].town",
      [
        { name: "main", test: "set", value: true },
        { name: "rank", test: "equal", value: 2 },
      ],
    ],
    [
      'addresses[main and name="Home" and billingAddress=false][0].town',
      [
        { name: "main", test: "set", value: true },
        { name: "name", test: "equal", value: "Home" },
        { name: "billingAddress", test: "equal", value: false },
      ],
    ],
  ])("%s, an element chosen by flags and codes", (expression, where) => {
    const steps = [{ name: "addresses", list: true, where, first: true }];
    expect(found(expression)).toMatchObject({ place: { steps, member: "town" } });
  });

  it("the first element, and lists S-360 is known to have", () => {
    expect(found("phones[0].number")).toMatchObject({ place: { steps: [{ list: true, first: true }] } });
    expect(found("addresses.town")).toMatchObject({ place: { steps: [{ list: true, first: false }] } });
  });

  it("$first of a list, which is made as a list when it is missing", () => {
    const first = found("$first(phones.number)");
    expect(first).toMatchObject({ place: { steps: [{ name: "phones", list: true }] } });
    expect(found("$first(individualContact.title)")).toMatchObject({ place: { steps: [{ list: false }] } });
  });

  it.each(["opposite", "phone", "country", "date", "dateTime", "money"])(
    "$%s of a path or $first",
    (name) => {
      expect(found(`$${name}(a.b)`)).toMatchObject({ conversion: { by: name } });
      expect(found(`$${name}($first(a.b))`)).toMatchObject({ conversion: { by: name } });
    },
  );

  it("a named value map and lines", () => {
    expect(found('$valueMap("titles", a.b)')).toMatchObject({
      conversion: { by: "valueMap", name: "titles" },
    });
    const lines = found("$lines(a.x, a.y)");
    expect(lines).toMatchObject({ form: "lines", places: [{ member: "x" }, { member: "y" }] });
  });
});

describe("what goes from S-360 to Salesforce only, and why", () => {
  it.each([
    ['"Switzerland"', /because it is a constant/],
    ["null", /because it is a constant/],
    ["a & b", /because its expression computes the value\.$/],
    ["a ? b : c", /computes the value/],
    ["(a; b)", /computes the value/],
    ['$joinParts(" ", a, b)', /because it puts several values into one/],
    ["$uppercase(a)", /because what \$uppercase gives cannot be turned back/],
    ["$pick(contactNumber, ['A'])", /\$pick/],
    ["$phone($trim(a))", /the result of another function/],
    ["$lines(a, $country(b))", /the result of another function/],
    ["$first(a.b, c.d)", /because it takes the first of several values/],
    ['$around("H-", a, "")', /because it puts text around the value/],
    ["$percent(a)", /because what percent\(…\) gives cannot be turned back/],
    ["$valueMap(name, a)", /not named in quotes/],
    ["$lines()", /given nothing/],
    ["contactNumber", /because S-360 gives contactNumber itself/],
    ["contactConnections[0].contactNumber", /S-360 gives contactNumber itself/],
    ["addresses[main ? false : shippingAddress][0].town", /a rule that says nothing of a new element/],
    ["addresses[$not(main)][0].town", /a rule that says nothing/],
    ["addresses[rank > 1][0].town", /a rule that says nothing/],
    ['addresses[geo.code="x"][0].town', /a rule that says nothing/],
    ["addresses[0][main].town", /a rule that says nothing/],
    ["addresses[name=null][0].town", /a rule that says nothing/],
    ["addresses[1].town", /a position other than the first/],
    ["addresses[main][0]", /a whole element/],
    ["$", /computes the value|as a whole/],
    ["*.town", /more than a path/],
    ["addresses.$phone(town)", /more than a path/],
    ["(addresses[main])[0].town", /more than a path/],
    ["addresses^(rank).town", /more than a path/],
    ["addresses{town: zipCode}", /computes the value/],
    ["((", /cannot be read/],
  ])("%s", (expression, why) => {
    expect(refusal(expression)).toMatch(/^This line goes from S-360 to Salesforce only, because .*\.$/);
    expect(refusal(expression)).toMatch(why);
  });

  it.each(["reference", "multipicklist", "other"] as const)("fields of type %s", (type) => {
    expect(refusal("a.b", testField("Any__c", type))).toMatch(/of its type/);
    expect(refusal("a.b", null)).toBe("goes back");
  });
});

describe("a compiled mapping", () => {
  const compiled = (document: MappingDocument): ReturnType<typeof compileMapping> => {
    const describe = { Account: testAccount(), Contact: testContact() }[document.object] ?? testSale();
    return compileMapping(document, { prefix: "", describe, recordTypeId: null });
  };
  const targets = (document: MappingDocument): readonly string[] =>
    fieldsBackOf(compiled(document)).map(({ target }) => target);

  it.each([individualToPersonAccount, relayToContact, structureToAccount])(
    "of $kind has every two-way line among those that go back",
    (document) => {
      const twoWay = document.lines.filter((line) => line.twoWay).map((line) => line.target);
      expect(twoWay.length).toBeGreaterThan(5);
      expect(targets(document)).toEqual(twoWay);
    },
  );

  it("reads no fields back for one-way lines, references, computed fields, or lines written once", () => {
    const base = { expression: "function", twoWay: true } as const;
    const lines: MappingLine[] = [
      lineOf({ ...base, target: "Title", twoWay: false }),
      lineOf({ ...base, target: "FirstName", when: "create" }),
      lineOf({ ...base, target: "LastName", when: "blank" }),
      lineOf({ ...base, target: "AccountId", reference: { object: "Account" } }),
      lineOf({ ...base, target: "Email", expression: "$lowercase(function)" }),
      lineOf({ ...base, target: "MailingCity" }),
    ];
    expect(targets({ ...relayToContact, lines })).toEqual(["MailingCity"]);
  });

  it("of sales never goes back, whatever its lines say", () => {
    const sale = operationToSale("[p]SecutixSale__c");
    expect(targets({ ...sale, lines: sale.lines.map((line) => ({ ...line, twoWay: true })) })).toEqual([]);
  });

  it("runs forward when a two-way line cannot go back, and may not be published", () => {
    const line = lineOf({ target: "Title", expression: "$uppercase(function)", twoWay: true });
    const others = relayToContact.lines.filter(({ target }) => target !== "Title");
    const document = { ...relayToContact, lines: [...others, line] };
    expect(compiled(document).problems).toEqual([]);
    const target = { prefix: "", describe: testContact(), recordTypeId: null };
    for (const org of [target, null]) {
      expect(checkPublishable(document, org, ["titles"]).map(({ sentence }) => sentence)).toEqual([
        "This line goes from S-360 to Salesforce only, because what $uppercase gives cannot be turned back; " +
          "switch two-way off.",
      ]);
    }
  });

  it("of sales may not be published with two-way lines", () => {
    const sale = operationToSale("[p]SecutixSale__c");
    const lines = sale.lines.map((line) => ({ ...line, twoWay: line.target === "[p]Remark__c" }));
    expect(checkPublishable({ ...sale, lines }, null).map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/because sales are never changed from Salesforce; switch two-way off\.$/),
    ]);
  });
});
