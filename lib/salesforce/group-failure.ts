/** A collection that failed as a whole: who is to blame, and what is worth sending again. */
import { unknownColumn } from "./fault-causes";
import { isWide, rowFault } from "./faults";
import { halveGroup, type Group, type PlannedRow } from "./write-groups";
import type { OrgError } from "./wire";

export interface Verdict {
  /** Rows the error is about. */
  readonly guilty: readonly PlannedRow[];
  readonly again: readonly Group[];
  /** The org does not say which of the rows it is about. */
  readonly unexplained: boolean;
}

/** Codes that say nothing about a single row: halving would only repeat them. */
const sameForAllRows: ReadonlySet<string> = new Set([
  "PROCESSING_HALTED",
  "ALL_OR_NONE_OPERATION_ROLLED_BACK",
  "UNABLE_TO_LOCK_ROW",
  "INSUFFICIENT_ACCESS",
  "INSUFFICIENT_ACCESS_OR_READONLY",
]);

/** `error` is absent where the answer was none of the org's. */
export function judgeGroup(group: Group, error: OrgError | undefined): Verdict {
  const column = error && unknownColumn(error);
  const guilty = column ? group.rows.filter(({ record }) => Object.hasOwn(record, column)) : [];
  if (guilty.length > 0) {
    const rest = group.rows.filter((planned) => !guilty.includes(planned));
    return { guilty, again: rest.length > 0 ? [{ ...group, rows: rest }] : [], unexplained: false };
  }
  if (error && (sameForAllRows.has(error.code) || isWide(rowFault(error).fault))) {
    return { guilty: group.rows, again: [], unexplained: false };
  }
  if (group.rows.length === 1) return { guilty: group.rows, again: [], unexplained: true };
  return { guilty: [], again: halveGroup(group), unexplained: true };
}
