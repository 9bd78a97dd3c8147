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

  it("are the only ones where the picklist is restricted", () => {
    expect(cautionAbout("Dr.", [salutation, source])).toBe("Not one of the values that Salutation takes.");
    expect(cautionAbout("mr. ", [salutation])).toBeUndefined();
    expect(cautionAbout("Mr.;Mrs.", [salutation])).toBeUndefined();
    expect(cautionAbout("Mr.;Dr.", [salutation])).toBeDefined();
    expect(cautionAbout("anything", [source])).toBeUndefined();
    expect(cautionAbout("", [salutation])).toBeUndefined();
    expect(cautionAbout(null, [salutation])).toBeUndefined();
    expect(cautionAbout(5, [salutation])).toBeDefined();
  });
});
