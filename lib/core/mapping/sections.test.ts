import { describe, expect, it } from "vitest";
import { parseExpression } from "./expression/ast";
import { sectionsOf } from "./sections";

function sections(expression: string): readonly string[] {
  const parsed = parseExpression(expression);
  if (!parsed.ok) throw new Error(parsed.problem.sentence);
  return sectionsOf(parsed.ast);
}

describe("the sections an expression reads", () => {
  it.each([
    ["contactNumber", ["contactNumber"]],
    ["individualContact.individualFirstName", ["individualContact"]],
    ['"constant"', []],
    ["addresses[main][0].street1", ["addresses"]],
    ["addresses[countryCode = 'CH'].town", ["addresses"]],
    ["addresses[countryCode = $$.country].town", ["addresses", "country"]],
    ["$.addresses.town", ["addresses"]],
    ["$$.addresses.town", ["addresses"]],
    ['$joinParts(" ", operation.product, order.organizationCode)', ["operation", "order"]],
    ["a ? b.c : d", ["a", "b", "d"]],
    ["$map(addresses, function($a) { $a.town & note })", ["addresses", "note"]],
    ["addresses.(town & $$.note)", ["addresses", "note"]],
    ["addresses^(>contactAddressId).town", ["addresses"]],
    ["addresses{countryCode: $count(town)}", ["addresses"]],
    ["($x := addresses; $x.town)", ["addresses"]],
    ["{'a': b.c, 'd': [e, f.g]}", ["b", "e", "f"]],
    ["`weird key`.x", ["weird key"]],
    ["a@$x.b[id = $x.id].c", ["a"]],
  ])("%s: %j", (expression, expected) => expect(sections(expression)).toEqual(expected));

  it.each([
    "$",
    "$$",
    "*.town",
    "**.email",
    "$keys($)",
    "$lookup($, 'a')",
    "($r := $; $r.a)",
    "addresses.%.note",
  ])("%s: the source as a whole", (expression) => expect(sections(expression)).toContain("*"));
});
