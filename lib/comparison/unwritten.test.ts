import { describe, expect, test } from "vitest";
import { newRecord } from "@/lib/core/census-change";
import type { EvaluatedField } from "@/lib/core/mapping/evaluation";
import { testField } from "@/lib/core/mapping/test-describe";
import type { CanonicalFields } from "@/lib/core/side";
import type { RecordState } from "@/lib/core/words";
import type { LinkResult, LinkWork } from "@/lib/sync/work";
import { endsOtherwise, unwrittenIn, type CensusedState } from "./unwritten";

const describeOf = [
  testField("SyncId__c", "text", 40),
  testField("Phone", "phone", 40),
  testField("Parent__c", "reference", 18, { referenceTo: ["Account"] }),
];
const mapping = {
  describe: new Map(describeOf.map((field) => [field.name, field])),
  compiled: { keyField: "SyncId__c" },
};
const link = (base: CanonicalFields) => ({ agreed: { base, stored: {}, traces: {} } });
const field = (target: string, value: string | null, more: Partial<EvaluatedField> = {}) => ({
  ...{ lineIndex: 0, label: target, when: "always", target, value },
  ...more,
});

/** Of a record that was last written with `base`; null: never. */
function changes(base: CanonicalFields | null, fields: readonly object[], marksOnly = false) {
  const work = { mapping, fields, marksOnly, link: base && link(base) };
  return unwrittenIn(work as unknown as LinkWork);
}
const unwritten = (...given: Parameters<typeof changes>) => changes(...given).length > 0;

describe("a record was last written otherwise", () => {
  test("when it was never written, unless it would only be marked", () => {
    expect(unwritten(null, [field("Phone", "1")])).toBe(true);
    expect(unwritten(null, [field("Phone", "1")], true)).toBe(false);
  });

  test("when a value differs from what was agreed, or is said for the first time; not when nothing is said", () => {
    expect(unwritten({ Phone: "1" }, [field("Phone", "1")])).toBe(false);
    expect(unwritten({ Phone: "1" }, [field("Phone", "2")])).toBe(true);
    expect(unwritten({ Phone: "1" }, [field("Phone", null)])).toBe(true);
    expect(unwritten({}, [field("Phone", "1")])).toBe(true);
    expect(unwritten({ Phone: "1" }, [])).toBe(false);
  });

  test("when a reference names the record of another object, whose number is another", () => {
    const of = (object: string, value: string) => field("Parent__c", value, { reference: { object } });
    expect(unwritten({ Parent__c: "7" }, [of("Account", "7")])).toBe(false);
    expect(unwritten({ Parent__c: "7" }, [of("Contact", "H-7")])).toBe(true);
  });

  test("in the fields that differ, those that were never asked for among them; a new one as a whole", () => {
    const phone = field("Phone", "2", { when: "blank" });
    expect(changes({ Parent__c: "7" }, [phone, field("Parent__c", "8")])).toEqual(["Phone", "Parent__c"]);
    expect(changes({ Parent__c: "7", Phone: "2" }, [phone, field("Parent__c", "8")])).toEqual(["Parent__c"]);
    expect(changes(null, [field("Phone", "1")])).toEqual([newRecord]);
  });

  test("as far as the line's policy of when lets it be written", () => {
    expect(unwritten({ Phone: "1" }, [field("Phone", "2", { when: "create" })])).toBe(false);
    expect(unwritten({ Phone: "1" }, [field("Phone", "2", { when: "blank" })])).toBe(false);
    expect(unwritten({ Phone: null }, [field("Phone", "2", { when: "blank" })])).toBe(true);
    expect(unwritten({}, [field("Phone", "2", { when: "blank" })])).toBe(true);
    expect(unwritten({ Phone: "1" }, [field("Phone", "2", { over: ["0"] })])).toBe(false);
  });
});

describe("a record with nothing to write would end otherwise than it stands", () => {
  const ends = (outcome: LinkResult["outcome"], state: RecordState, linked = true) => {
    const record = { links: linked ? [{ mappingId: 1 }] : [] };
    const result = { outcome, record, mapping: null, fault: {} };
    return endsOtherwise(result as unknown as LinkResult, state as CensusedState, 1);
  };

  test("when it fails now and did not, but not for a mapping that never wrote it", () => {
    expect(ends("failed", "idle")).toBe(true);
    expect(ends("failed", "failed")).toBe(false);
    expect(ends("failed", "idle", false)).toBe(false);
  });

  test("when it waits now and did not; not when it is left out, for what is in Salesforce stays", () => {
    expect(ends("waiting", "idle", false)).toBe(true);
    expect(ends("waiting", "waiting")).toBe(false);
    expect(ends("ignored", "idle")).toBe(false);
  });
});
