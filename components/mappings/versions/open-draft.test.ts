import { describe, expect, test } from "vitest";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { MappingSummary } from "@/lib/mappings/contract";
import { openableAsDraft, wordsOfDraft } from "./open-draft";

const document: MappingDocument = {
  kind: "individual",
  object: "Account",
  keyField: "[p]SyncId__c",
  lines: [],
};
const mapping = (draftDiffers: boolean): MappingSummary => ({
  ...{ id: 1, name: "individual", kind: "individual", direction: "in", object: "Account" },
  ...{ objectLabel: null, published: null, stopped: null },
  ...{ draft: { revision: 1, by: "ann", at: "2026-01-01T00:00:00.000Z" }, draftDiffers },
});

describe("an earlier version as the draft", () => {
  test("says what gives way to it, and that it comes back", () => {
    expect(wordsOfDraft(mapping(false), false)).toContain("nothing is lost");
    expect(wordsOfDraft(mapping(true), false)).toMatch(/changes by ann that were never published.*Undo/);
    expect(wordsOfDraft(mapping(false), true)).toMatch(/not saved.*Undo/);
  });

  test("differs from the draft in lines and filter only", () => {
    expect(openableAsDraft({ ...document, filter: "x" }, document)).toBeNull();
    expect(openableAsDraft({ ...document, object: "Contact" }, document)).toBe(
      "This version has another Salesforce object (Contact, and the draft has Account), which never changes here. Restore it instead.",
    );
    expect(openableAsDraft(document, { ...document, recordType: "person" })).toContain("record type (none,");
  });
});
