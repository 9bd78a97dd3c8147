import { describe, expect, it } from "vitest";
import type { BulkTarget } from "@/lib/core/bulk";
import type { WriteRow } from "@/lib/core/side";
import { planRow } from "../write-groups";
import { byIdentity, failures, rowError, successes } from "./results";

describe("the error of a row", () => {
  it.each([
    [
      "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --",
      {
        code: "REQUIRED_FIELD_MISSING",
        message: "Required fields are missing: [LastName]",
        fields: ["LastName"],
      },
    ],
    [
      "INVALID_FIELD:Foreign key external ID: 999 not found for field SyncId__c in entity Account:--",
      {
        code: "INVALID_FIELD",
        message: "Foreign key external ID: 999 not found for field SyncId__c in entity Account",
        fields: [],
      },
    ],
    [
      "FIELD_CUSTOM_VALIDATION_EXCEPTION:Not like this:\nask the box office:A__c,B__c --",
      {
        code: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        message: "Not like this:\nask the box office",
        fields: ["A__c", "B__c"],
      },
    ],
    [
      "STRING_TOO_LONG:a: data value too large:A__c --;INVALID_EMAIL_ADDRESS:Email: invalid:Email --",
      { code: "STRING_TOO_LONG", message: "a: data value too large", fields: ["A__c"] },
    ],
    ["something new", { code: "UNKNOWN", message: "something new", fields: [] }],
    ["", { code: "UNKNOWN", message: "", fields: [] }],
  ])("%s", (text, error) => expect(rowError(text)).toEqual(error));
});

const row = (rowId: string, key: string, id: string | null = null): WriteRow => ({
  ...{ rowId, object: "Account", id, keyField: "SyncId__c", key, fields: {}, rank: 0 },
});
const plan = {
  describe: { name: "Account", label: "Account", fields: [] },
  fields: new Map(),
  references: new Map(),
};
const rowsOf = (...rows: WriteRow[]) => byIdentity(rows.map((one) => planRow(one, plan)));
const upsert: BulkTarget = { object: "Account", verb: "upsert", keyField: "SyncId__c" };
const update: BulkTarget = { ...upsert, verb: "update" };

describe("results are found by what we sent", () => {
  it("by key, in any order, whatever else is in the answer and however the columns are written", () => {
    const text =
      '"sf__Id","sf__Created",Name,SYNCID__C\n"001b","false",B,b-2\n"001x","true",X,stranger\n"001a","true",A,A-1\n';
    expect(successes(text, upsert, rowsOf(row("1", "a-1"), row("2", "B-2"), row("3", "C-3")))).toEqual([
      { rowId: "2", ok: true, id: "001b", created: false },
      { rowId: "1", ok: true, id: "001a", created: true },
    ]);
  });

  it("by id for what is updated by id", () => {
    const text = '"sf__Id","sf__Created",Id,Name\n"001A","false",001A,B\n';
    expect(successes(text, update, rowsOf(row("1", "a", "001A")))).toMatchObject([{ rowId: "1", ok: true }]);
  });

  it("refused rows have a fault as they have it in a call", () => {
    const text =
      '"sf__Id","sf__Error",SyncId__c\n"","UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--",7\n';
    expect(failures(text, upsert, rowsOf(row("1", "7")))).toMatchObject([
      { rowId: "1", ok: false, fault: { code: "row_locked", origin: { code: "UNABLE_TO_LOCK_ROW" } } },
    ]);
  });

  it("what calls alone can cure is left to them", () => {
    const text = [
      '"sf__Id","sf__Error",SyncId__c',
      '"","DUPLICATES_DETECTED:Use one of these records?:--",7',
      '"","CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY:System.LimitException: Apex CPU time limit exceeded:--",8',
      "",
    ].join("\n");
    expect(failures(text, upsert, rowsOf(row("1", "7"), row("2", "8")))).toEqual([]);
  });
});
