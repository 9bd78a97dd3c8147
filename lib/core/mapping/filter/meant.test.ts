import { describe, expect, test } from "vitest";
import { sourceModel } from "../source-model";
import { meantFilter, pathInFilter } from "./meant";

const model = sourceModel("individual");
const meant = (filter: string) => meantFilter(filter, model, new Set(["Gold"]));

describe("what a filter likely means", () => {
  test.each([
    ['addresses(main)/countryCode = "CH"', 'addresses[main][0].countryCode = "CH"'],
    ["addresses(main)/countryCode = CH", 'addresses[main][0].countryCode = "CH"'],
    ["addresses(main)/countryCode != 'CH'", "addresses[main][0].countryCode != 'CH'"],
    [
      "!authorizations(authorizationCode=EMAIL)/allowed",
      '$opposite(authorizations[authorizationCode="EMAIL"][0].allowed)',
    ],
    [
      "authorizations(authorizationCode=EMAIL)/allowed",
      'authorizations[authorizationCode="EMAIL"][0].allowed',
    ],
    ['individualContact/language = "de"', 'individualContact.language = "de"'],
    ['IndividualContact/language in ["de", "fr"]', 'individualContact.language in ["de", "fr"]'],
    ["type = INDIVIDUAL", 'type = "INDIVIDUAL"'],
    ["function=Gold", 'function = "Gold"'],
    ['contactCriteria.values = "OPERA"', '"OPERA" in contactCriteria.values'],
    ['contactCriteria/values = "OPERA"', '"OPERA" in contactCriteria.values'],
    ['"CH" != addresses.countryCode', '$not("CH" in addresses.countryCode)'],
    [
      'state = "ACTIVE" and (type = INDIVIDUAL or addresses(main)/town = "a and (b")',
      'state = "ACTIVE" and (type = "INDIVIDUAL" or addresses[main][0].town = "a and (b")',
    ],
  ])("%s", (filter, text) => {
    expect(meant(filter)?.text).toBe(text);
    expect(meant(filter)?.sentences).not.toEqual([]);
    // What is offered says what it means.
    expect(meant(text)).toBeNull();
  });

  test.each([
    'state = "ACTIVE"',
    'type = "INDIVIDUAL" and $exists(addresses[main])',
    'authorizations[authorizationCode="EMAIL"][0].allowed = true',
    'contactCriteria[code="TASTE"].value = "OPERA"',
    "contactId / 2 > 100",
    'addresses[0].town = "Bern"',
    "contactNumber = function",
    'unknownList.value = "x"',
    "",
    "and",
    "a = b = c",
    "addresses(main",
    '"unclosed',
    "addresses(main)",
    "$upper(x) = 'A'",
    "(".repeat(10_000),
    `${"(".repeat(4_000)}x${")".repeat(4_000)}`,
    "x and ".repeat(1_500),
  ])("is not told of %.60s", (filter) => {
    expect(meant(filter)).toBeNull();
  });

  test("is told with what is wrong, each thing once", () => {
    expect(meant("type = INDIVIDUAL or type = INDIVIDUAL")?.sentences).toEqual([
      "INDIVIDUAL is read as the name of a value here: a code stands in quotes.",
    ]);
    expect(meant('contactCriteria/values = "OPERA"')?.sentences).toEqual([
      "This is short form, and a filter is an expression: use the one that is offered with it.",
      'contactCriteria.values can hold several values, and = compares them all at once. Ask whether "OPERA" is among them.',
    ]);
  });
});

test("a path that is picked names all values of a list, and the chosen one where one is chosen", () => {
  expect(pathInFilter("contactCriteria/values", model)).toBe("contactCriteria.values");
  expect(pathInFilter("addresses(main)/town", model)).toBe("addresses[main][0].town");
  expect(pathInFilter("contactNumber", model)).toBe("contactNumber");
  expect(pathInFilter("no path", model)).toBe("no path");
});
