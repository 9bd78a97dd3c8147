import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sourceModel } from "../source-model";
import { completeShortForm, type CompletionSource } from "./complete";
import { texts } from "./test-forms";

const source: CompletionSource = {
  model: sourceModel("individual"),
  valueMaps: ["titles", "my titles"],
  codes: (list, code) =>
    list === "authorizations" && code === "authorizationCode" ? ["EMAIL", "SMS 2"] : [],
};

/** The caret is where the bar stands. */
function at(marked: string) {
  const caret = marked.indexOf("|");
  const found = completeShortForm(marked.replace("|", ""), caret, source);
  return found && { from: found.from, texts: found.options.map(({ text }) => text) };
}

describe("completion", () => {
  it("begins with what the record has, and with helpers", () => {
    expect(at("|")?.texts).toEqual(
      expect.arrayContaining(["contactNumber", "addresses", "valueMap(", "EOL"]),
    );
    expect(at("contactNumber + addr|")).toMatchObject({
      from: 16,
      texts: expect.arrayContaining(["addresses"]),
    });
  });

  it.each([
    ["individualContact/|", ["title", "individualFirstName"]],
    ["IndividualContact.indi|", ["individualFirstName"]],
    ["addresses(main)/|", ["town", "street1"]],
    ["addresses(2)/|", ["town"]],
    ["phone(communicationMeans/|", ["cellularPhone"]],
    ["first(function, communicationMeans/|", ["email"]],
    ["!authorizations(authorizationCode=EMAIL)/|", ["allowed"]],
    ["contactQualities(seasonId=5)/audienceCategories/|", ["mainCategory"]],
  ])("goes on inside a path: %s", (marked, expected) => {
    expect(at(marked)?.texts).toEqual(expect.arrayContaining(expected));
  });

  it("knows flags and codes of a list, and the codes that were seen", () => {
    expect(at("addresses(|")?.texts).toEqual(
      expect.arrayContaining(["main", "shippingAddress", "countryCode="]),
    );
    expect(at("addresses(main, |")?.texts).toContain("shippingAddress");
    expect(at("addresses(!|")?.texts).toContain("main");
    expect(at("authorizations(authorizationCode=|")?.texts).toEqual(["EMAIL", '"SMS 2"']);
  });

  it("knows the value maps, then the path of the code", () => {
    expect(at("valueMap(|")?.texts).toEqual(["titles", '"my titles"']);
    expect(at("valueMap(titles, individualContact/|")?.texts).toContain("title");
  });

  it("says nothing where nothing can follow", () => {
    for (const marked of ["contactNumber |", '"text|', "addresses(main)|", "nothing/known/|", "a & |"]) {
      expect(at(marked)).toBeNull();
    }
  });

  it("never throws", () => {
    fc.assert(
      fc.property(texts, fc.nat(80), (text, caret) => {
        completeShortForm(text, Math.min(caret, text.length), source);
      }),
      { numRuns: 1_000 },
    );
  });
});
