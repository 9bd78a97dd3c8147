/** What a row of the change feed is to us: told already, to be looked at, a copy, a newcomer, or a stranger. Pure. */
import { changedInSalesforce, type Agreed, type HeldRow } from "@/lib/core/agreement";
import type { ChangedRow, FieldDescribe } from "@/lib/core/side";

/** A linked record of the org, locked. */
export interface LinkedRow {
  readonly linkId: number;
  readonly recordId: number;
  readonly mappingId: number;
  readonly agreed: Agreed;
  readonly held: HeldRow | null;
  /** When it was deleted in Salesforce, as far as it is known; null while it lives. */
  readonly goneAt: string | null;
  /** In a worker's hands, or settled since the org was asked: what was read may be older than what we know. */
  readonly busy: boolean;
}

export type ChangeClass =
  /** Left for the next poll, which reads it again. */
  | "later"
  /** Told before, word for word. */
  | "known"
  /** Saved again with the same values in the fields we read. */
  | "same"
  | "new";

export function classify(row: ChangedRow, linked: LinkedRow): ChangeClass {
  if (linked.busy) return "later";
  if (linked.goneAt !== null) return "new";
  const { held } = linked;
  if (!held || held.assumed) return "new";
  const equal =
    row.key === held.key &&
    Object.entries(row.fields).every(
      ([name, value]) => Object.hasOwn(held.fields, name) && held.fields[name] === value,
    );
  if (equal && held.stamp === row.stamp) return "known";
  // A flow may have put back the very value we wrote over: that has to be noticed.
  const unseen = Object.values(linked.agreed.traces).some((trace) => trace.unseen);
  return equal && !unseen ? "same" : "new";
}

/** The fields that differ from what was agreed: what somebody has changed, echoes of our own writes left out. */
export function changedFields(
  row: ChangedRow,
  { agreed }: Pick<LinkedRow, "agreed">,
  back: readonly FieldDescribe[],
  us: string,
): readonly FieldDescribe[] {
  if (row.modifiedBy.id === us) return [];
  return back.filter(
    (field) =>
      Object.hasOwn(row.fields, field.name) &&
      changedInSalesforce(agreed, row.fields[field.name] ?? null, field),
  );
}
