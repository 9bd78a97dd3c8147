import { describe, expect, it } from "vitest";
import type { UsedField } from "@/lib/mappings/value-map-contract";
import { cautionAbout, offeredTexts } from "./used-fields";

const salutation: UsedField = {
  ...{ object: "Account", target: "Salutation", objectLabel: "Account", label: "Salutation" },
  restricted: true,
  values: ["Mr.", "Mrs."],
};
const source: UsedField = {
  ...{ object: "Contact", target: "Source__c", objectLabel: "Contact", label: "Source" },
  restricted: false,
  values: ["Web", "Mr."],
};

describe("values that the fields of a value map take", () => {
  it("are offered once each", () => {
    expect(offeredTexts([salutation, source])).toEqual(["Mr.", "Mrs.", "Web"]);
    expect(offeredTexts([])).toEqual([]);
  });

  it("are the only ones where the picklist is restricted: told before, with all of them and what was meant", () => {
    expect(cautionAbout("Mrz.", [source, salutation])).toEqual({
      sentence: "“Mrz.” is not in the picklist of Salutation, and Salesforce refuses it. It takes Mr., Mrs.",
      meant: "Mr.",
      isRefused: true,
    });
    expect(cautionAbout("Professor", [salutation])).toMatchObject({ meant: null });
    expect(cautionAbout("Mr.;Dr.", [salutation])?.sentence).toMatch(/^“Dr\.” is not/);
    expect(cautionAbout(5, [salutation])).toMatchObject({ isRefused: true });
    expect(cautionAbout("x", [{ ...salutation, values: [] }])?.sentence).toMatch(/no value at all/);
  });

  it("are a hint where the picklist takes others too", () => {
    expect(cautionAbout("Wbe", [source])).toMatchObject({
      sentence: expect.stringContaining("Salesforce takes it all the same") as string,
      meant: "Web",
      isRefused: false,
    });
  });

  it.each(["mr. ", "Mr.;Mrs.", "", null])("and nothing is said of %j", (value) => {
    expect(cautionAbout(value, [salutation])).toBeNull();
    expect(cautionAbout("anything", [{ ...source, values: [] }])).toBeNull();
  });
});
