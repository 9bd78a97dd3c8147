import { describe, expect, test } from "vitest";
import type { GoldenResult } from "@/lib/core/mapping/golden/golden";
import { editsOf, fieldDraft, nothingTyped } from "./expect-draft";

const expected: GoldenResult = {
  standing: "write",
  fields: {
    FirstName: { value: "Edna", when: "always" },
    Phone: { problem: "No phone." },
    Done__c: { value: false, when: "always" },
  },
};

describe("an expectation that is edited", () => {
  test("sends what differs from what is stored, and nothing else", () => {
    expect(editsOf(expected, nothingTyped)).toBeNull();
    const same = { FirstName: fieldDraft(expected.fields["FirstName"]), Other: fieldDraft(null) };
    expect(editsOf(expected, { fields: same })).toBeNull();
    expect(editsOf(expected, { standing: "write", fields: same })).toBeNull();
    const fields = {
      ...same,
      Done__c: { must: "be", text: "true" },
      Phone: { must: "stay", text: "x" },
    } as const;
    expect(editsOf(expected, { standing: "left-out", fields })).toEqual({
      standing: "left-out",
      fields: { Done__c: { must: "be", value: "true" }, Phone: { must: "stay" } },
    });
  });

  test("keeps what somebody typed when another saved in between: it is held against the new one", () => {
    const typed = { fields: { FirstName: { must: "be", text: "EDNA" } } } as const;
    expect(editsOf(expected, typed)).not.toBeNull();
    const theirs: GoldenResult = { ...expected, fields: { FirstName: { value: "EDNA", when: "always" } } };
    expect(editsOf(theirs, typed)).toBeNull();
  });

  test("does not take the words of a refusal for demanded ones unless somebody wrote them", () => {
    expect(fieldDraft({ problem: "No phone." })).toEqual({ must: "be-refused", text: "" });
    expect(fieldDraft({ problem: "phone", byHand: true })).toEqual({ must: "be-refused", text: "phone" });
  });
});
