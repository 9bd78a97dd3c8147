import { describe, expect, it } from "vitest";
import { chooseRecordType } from "./record-type";
import type { OrgFacts } from "./side";

const facts: OrgFacts = {
  prefix: "",
  personAccounts: true,
  multiCurrency: false,
  organizationId: "00D",
  organizationName: "Venue",
  fetchedAt: "2026-01-01T00:00:00Z",
  recordTypes: [
    { id: "p1", object: "Account", developerName: "PersonAccount", person: true },
    { id: "p2", object: "Account", developerName: "Member", person: true },
    { id: "b1", object: "Account", developerName: "Company", person: false },
    { id: "x1", object: "Contact", developerName: "Company", person: false },
  ],
};

describe("the record type of new records", () => {
  it("is the one the admin named", () => {
    expect(chooseRecordType(facts, "Account", "person", { person: "Member" })).toBe("p2");
  });

  it("is the first person type, or the only business type, when none was named", () => {
    expect(chooseRecordType(facts, "Account", "person", {})).toBe("p1");
    expect(chooseRecordType(facts, "Account", "business", {})).toBe("b1");
  });

  it("is left to the org when there is none, or none is wanted", () => {
    expect(chooseRecordType({ ...facts, recordTypes: [] }, "Account", "person", {})).toBeNull();
    expect(chooseRecordType(facts, "Account", undefined, {})).toBeNull();
  });
});
