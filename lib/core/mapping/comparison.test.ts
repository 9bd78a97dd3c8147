import { describe, expect, test } from "vitest";
import type { CanonicalFields, CanonicalValue, FieldDescribe } from "../side";
import { compareRecord, isCured, ComparisonTally, type Told } from "./comparison";
import { testAccount } from "./test-describe";

const fields = new Map<string, FieldDescribe>(
  testAccount({ personAccounts: true }).fields.map((field) => [field.name, field]),
);
const updated = (after: CanonicalFields): Told => ({ outcome: "updated", after, conflicts: [] });
const unchanged: Told = { outcome: "unchanged", after: {}, conflicts: [] };
const failed: Told = { outcome: "failed", sentence: "Too long." };

function found(draft: Told, published: Told | null, salesforce: Readonly<Record<string, CanonicalValue>>) {
  return compareRecord({ draft, published, describe: fields, holds: (field) => salesforce[field] });
}
const kinds = (finding: ReturnType<typeof found>) =>
  finding.changes.map(({ field, kind, before, after }) => [field, kind, before, after]);

describe("a draft's effect on one record", () => {
  test("tells a value that changes, one that is filled, and one that Salesforce loses", () => {
    const finding = found(updated({ FirstName: "EDNA", LastName: "Frank", Phone: null }), unchanged, {
      FirstName: "Edna",
      LastName: null,
      Phone: "079",
    });
    expect(finding.fate).toBe("changes");
    expect(kinds(finding)).toEqual([
      ["FirstName", "changed", "Edna", "EDNA"],
      ["LastName", "filled", null, "Frank"],
      ["Phone", "cleared", "079", null],
    ]);
  });

  test("is none where Salesforce holds the value already, also in another form", () => {
    const finding = found(updated({ Phone: "+41 79 000" }), unchanged, { Phone: "004179000" });
    expect(finding).toMatchObject({ fate: "unchanged", changes: [] });
  });

  test("admits when nobody knows what is there", () => {
    expect(kinds(found(updated({ Phone: null }), unchanged, {}))).toEqual([["Phone", "unknown", null, null]]);
  });

  test("leaves out what the published version would write as well", () => {
    const both = updated({ FirstName: "Odile" });
    expect(found(both, both, { FirstName: "Edna" })).toMatchObject({ fate: "anyway", changes: [] });
    const more = updated({ FirstName: "Odile", LastName: "X" });
    expect(kinds(found(more, both, { FirstName: "Edna", LastName: "Y" }))).toEqual([
      ["LastName", "changed", "Y", "X"],
    ]);
  });

  test("tells where Salesforce's own value stays, which is no change", () => {
    const conflict = {
      field: "Phone",
      before: "1",
      s360: "2",
      salesforce: "3",
      winner: "salesforce" as const,
    };
    const finding = found({ ...unchanged, conflicts: [conflict] }, unchanged, { Phone: "3" });
    expect(finding.fate).toBe("unchanged");
    expect(kinds(finding)).toEqual([["Phone", "kept", "3", "2"]]);
  });

  test("lists what a new record starts with", () => {
    const finding = found({ ...updated({ LastName: "Frank" }), outcome: "created" } as Told, null, {});
    expect(finding.fate).toBe("created");
    expect(kinds(finding)).toEqual([["LastName", "filled", null, "Frank"]]);
  });

  test("says why a record would not be written, and whether that is new", () => {
    expect(found(failed, unchanged, {})).toMatchObject({ fate: "fails", sentence: "Too long." });
    expect(found(failed, failed, {})).toMatchObject({ fate: "anyway", sentence: "Too long." });
    expect(found({ outcome: "held", sentence: "Ask." }, unchanged, {}).fate).toBe("held");
    expect(found({ outcome: "waiting", sentence: "Waits." }, null, {}).fate).toBe("waits");
    expect(
      found({ outcome: "left", sentence: "Deleted." }, { outcome: "left", sentence: "Deleted." }, {}).fate,
    ).toBe("left");
    expect(found({ outcome: "left", sentence: "Filter." }, unchanged, {}).fate).toBe("leaves");
  });

  test("cures what fails by now", () => {
    expect(isCured({ draft: updated({}), published: failed })).toBe(true);
    expect(isCured({ draft: failed, published: failed })).toBe(false);
    expect(isCured({ draft: unchanged, published: null })).toBe(false);
  });
});

test("findings are counted by fate and, of records that exist, by field", () => {
  const tally = new ComparisonTally();
  tally.add(found(updated({ Phone: "1" }), null, { Phone: "2" }), false);
  tally.add(found(updated({ Phone: null }), null, { Phone: "2" }), false);
  tally.add(found({ ...updated({ Phone: "1" }), outcome: "created" } as Told, null, {}), true);
  tally.add(found(failed, null, {}), false);
  const { records, fates, fields: byField, cured } = tally.summary();
  expect({ records, cured }).toEqual({ records: 4, cured: 1 });
  expect(fates).toMatchObject({ changes: 2, created: 1, fails: 1, unchanged: 0 });
  expect(byField).toEqual([
    {
      field: "Phone",
      label: fields.get("Phone")?.label,
      changed: 1,
      filled: 0,
      cleared: 1,
      unknown: 0,
      kept: 0,
    },
  ]);
});
