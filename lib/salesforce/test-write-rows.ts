/** Rows as the engine would write them. */
import type { RowResult, WriteRow } from "@/lib/core/side";
import type { Sub } from "./test-scripted-org";

export function account(key: string, more: Partial<WriteRow> = {}): WriteRow {
  const fields = { Name: `Name of ${key}` };
  return {
    rowId: `a${key}`,
    object: "Account",
    id: null,
    keyField: "SyncId__c",
    key,
    fields,
    rank: 0,
    ...more,
  };
}

export function contact(key: string, more: Partial<WriteRow> = {}): WriteRow {
  const fields = { LastName: "Doe" };
  return {
    rowId: `c${key}`,
    object: "Contact",
    id: null,
    keyField: "SyncId__c",
    key,
    fields,
    rank: 1,
    ...more,
  };
}

/** Keys 0, 1, 2 … */
export function accounts(count: number): WriteRow[] {
  return Array.from({ length: count }, (_, index) => account(String(index)));
}

export function faultOf(result: RowResult | undefined): {
  code: string;
  sentence: string;
  missingReference?: string;
} {
  if (!result || result.ok) throw new Error("the row did not fail");
  return { ...result.fault, missingReference: result.missingReference };
}

export function keysIn(sub: Sub): readonly unknown[] {
  return (sub.body?.records ?? []).map((record) => record["SyncId__c"]);
}
