/** What became of each row of one write. Every row is settled once and only once. */
import type { DuplicateFinding } from "@/lib/core/duplicates";
import type { RowResult, WriteRow } from "@/lib/core/side";
import type { Fault } from "@/lib/core/faults";
import type { RowFault } from "./faults";
import type { Reference } from "./references";
import type { PlannedRow } from "./write-groups";

export interface Ledger {
  succeed(row: WriteRow, id: string, created: boolean): void;
  fail(row: WriteRow, refused: RowFault, duplicates?: DuplicateFinding): void;
  failRest(fault: Fault): void;
  /** It is not ours any more, and was not sent. */
  lose(row: WriteRow): void;
  /** Nothing is known of any row. */
  isEmpty(): boolean;
  /**
   * Puts a row aside, once, whose reference is to a row of this same write that is still under way or has been written
   * since. False where that cannot help.
   */
  defer(planned: PlannedRow, refused: RowFault): boolean;
  /** The rows put aside whose referenced row is now there; the others are settled with what the org said of them. */
  takeDeferred(): readonly PlannedRow[];
  /** Objects about which the org contradicted the describe. */
  readonly contradicted: ReadonlySet<string>;
  /** In the order of the rows, but for those that were lost. Throws Error when a row was forgotten. */
  results(): readonly RowResult[];
  lost(): readonly string[];
}

/** Throws Error when two rows share a rowId. */
export function createLedger(rows: readonly WriteRow[]): Ledger {
  if (new Set(rows.map(({ rowId }) => rowId)).size !== rows.length) throw new Error("rows share a rowId");
  const settled = new Map<string, RowResult>();
  const rowIdsByRecord = new Map<string, string[]>();
  for (const { object, key, rowId } of rows) {
    const name = recordName(object, key);
    rowIdsByRecord.set(name, [...(rowIdsByRecord.get(name) ?? []), rowId]);
  }
  const lost = new Set<string>();
  const contradicted = new Set<string>();
  const deferredOnce = new Set<string>();
  let deferred: { planned: PlannedRow; refused: RowFault }[] = [];

  const put = (result: RowResult): void => {
    if (settled.has(result.rowId)) throw new Error(`row ${result.rowId} was settled twice`);
    settled.set(result.rowId, result);
  };
  const fail: Ledger["fail"] = (row, { fault, missingReference }, duplicates) => {
    if (fault.code === "field_missing" || fault.code === "set_up") contradicted.add(row.object);
    const field = missingReference?.field;
    put({
      rowId: row.rowId,
      ok: false,
      fault,
      ...(field && { missingReference: field }),
      ...(duplicates && { duplicates }),
    });
  };
  /** Whether some row of this write that carries the key is written, or may still be. */
  const mayExist = ({ object, key }: Reference): boolean =>
    (rowIdsByRecord.get(recordName(object, key)) ?? []).some((rowId) => settled.get(rowId)?.ok !== false);

  return {
    contradicted,
    fail,
    succeed: ({ rowId }, id, created) => put({ rowId, ok: true, id, created }),
    lose: ({ rowId }) => void lost.add(rowId),
    isEmpty: () => settled.size === 0,
    failRest(fault) {
      for (const { rowId } of rows)
        if (!settled.has(rowId) && !lost.has(rowId)) put({ rowId, ok: false, fault });
      deferred = [];
    },
    defer(planned, refused) {
      const { rowId } = planned.row;
      const reference = refused.missingReference;
      if (!reference || deferredOnce.has(rowId) || !mayExist(reference)) return false;
      deferredOnce.add(rowId);
      deferred.push({ planned, refused });
      return true;
    },
    takeDeferred() {
      const waiting = deferred;
      deferred = [];
      return waiting.flatMap(({ planned, refused }) => {
        if (refused.missingReference && mayExist(refused.missingReference)) return [planned];
        fail(planned.row, refused);
        return [];
      });
    },
    results: () =>
      rows.flatMap(({ rowId }) => {
        const result = settled.get(rowId);
        if (!result && !lost.has(rowId)) throw new Error(`row ${rowId} was not settled`);
        return result ?? [];
      }),
    lost: () => [...lost],
  };
}

function recordName(object: string, key: string): string {
  return JSON.stringify([object, key.trim().toLowerCase()]);
}
