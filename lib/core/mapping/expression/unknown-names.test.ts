import { describe, expect, test } from "vitest";
import { defaultMappings } from "../defaults/defaults";
import { sourceModel } from "../source-model";
import { unknownNamesIn } from "./unknown-names";

const found = (expression: string, kind: "individual" | "operation" = "individual") =>
  unknownNamesIn(expression, sourceModel(kind)).map(
    ({ name, at, suggestion }) => `${name} ${at} ${suggestion ?? "-"}`,
  );

describe("names that no source has", () => {
  test.each([
    ["individualContact.individualFirstNam", ["individualFirstNam 18 individualFirstName"]],
    ["individuelContact.individualFirstName", ["individuelContact 0 individualContact"]],
    ["addresses[mian][0].town", ["mian 10 main"]],
    ["addresses[main][0].twon & ' ' & contactNumbr", ["twon 19 town", "contactNumbr 32 contactNumber"]],
    ['state = "ACTIVE" and rolle != "X"', ["rolle 21 role"]],
    ["$exists(rolle) ? state : $uppercase(stat)", ["rolle 8 role", "stat 36 state"]],
    ["addresses.(street1 & tow)", ["tow 21 town"]],
    ["$$.rolle", ["rolle 3 role"]],
    ["$.rolle", ["rolle 2 role"]],
    ["STATE", ["STATE 0 state"]],
    ["colour", ["colour 0 -"]],
    ["function.anything", ["anything 9 -"]],
    ["contactNumber.foo", ["foo 14 -"]],
    ["addresses[main][0].town.foo.bar", ["foo 24 -"]],
  ])("%s", (expression, names) => {
    expect(found(expression)).toEqual(names);
  });

  test.each([
    "individualContact.individualFirstName",
    "addresses[main and $not(billingAddress)][0].town",
    "$map(addresses, function($a) { $a.anything })",
    "($x := addresses[0]; $x.anything)",
    "*.anything",
    "contactNumber.$uppercase($)",
    "**.anything",
    "addresses^(town).zipCode",
    "addresses{countryCode: town}",
    "addresses[main",
    "",
  ])("nothing is said of %s", (expression) => {
    expect(found(expression)).toEqual([]);
  });

  test("a sale is looked up in its order and its operation", () => {
    expect(found("operation.totalAmout + order.orderId", "operation")).toEqual(["totalAmout 10 totalAmount"]);
  });

  test("says what was likely meant, or what there is", () => {
    const [near] = unknownNamesIn("stat", sourceModel("individual"));
    expect(near?.sentence).toBe("S-360's documentation knows no stat here. Did you mean state?");
    const [far] = unknownNamesIn("addresses.colour", sourceModel("individual"));
    expect(far?.sentence).toMatch(/It knows contactAddressId, name, main/);
  });
});

test("the default mappings read nothing that is not documented", () => {
  for (const individualsAs of ["person-account", "contact"] as const) {
    const mappings = defaultMappings({
      individualsAs,
      account: { kind: "household" },
      saleObject: "Sale__c",
    });
    const names = mappings.flatMap(({ document: { kind, lines } }) =>
      lines.flatMap(({ expression }) => unknownNamesIn(expression, sourceModel(kind))),
    );
    expect(names).toEqual([]);
  }
});
