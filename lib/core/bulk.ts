/** What the engine asks of a side that loads many records by one job (Bulk API 2.0), in our words. */
import { FaultError } from "./faults";
import type { RowResult, Side, WriteRow } from "./side";

/**
 * `filling`: records are still put into it. `ready`: it is to be made in the org. `opened`: it is made, and its file may have
 * been uploaded. `loading`: the org works on it. `refused`: the org did not take it; no other is tried for a while.
 */
export type BulkState = "filling" | "ready" | "opened" | "loading" | "refused";

/** The rows of a job are of one object, and are all updated by id or all upserted by external id. */
export interface BulkTarget {
  readonly object: string;
  readonly verb: "update" | "upsert";
  readonly keyField: string;
}

/** The rows of a job as a file. */
export interface BulkFile {
  readonly text: string;
  /** Rows that are in it, by rowId; rows that the org has no field for are in no file. */
  readonly rowIds: ReadonlySet<string>;
  /** Rows that had no room. */
  readonly rest: ReadonlySet<string>;
}

export interface BulkProgress {
  /** `open`: it waits for its file. `failed`: it was aborted or broke off; what it has written stays written. */
  readonly state: "open" | "working" | "complete" | "failed";
  readonly processed: number;
  readonly failed: number;
}

export interface BulkLoads {
  /** Costs no call unless describes have to be read. Throws FaultError. */
  file(target: BulkTarget, rows: readonly WriteRow[]): Promise<BulkFile>;
  /** Makes a job and gives its id. Throws FaultError, and BulkRefused where the org does not take the job. */
  open(target: BulkTarget): Promise<string>;
  /** Uploads the file of an open job and lets the org begin. Throws as `open` does. */
  load(id: string, text: string): Promise<void>;
  /** Null: the org does not know the job, or not any more. Throws FaultError. */
  look(id: string): Promise<BulkProgress | null>;
  /** Gives a job up. Nothing to do for one that has ended or is gone. Throws FaultError. */
  abort(id: string): Promise<void>;
  /**
   * How the rows of a job ended that is complete or broke off, each found by its own id or key, never by its place. Rows that the
   * org did not come to, or has no room for in one transaction, are not in the answer. Throws FaultError.
   */
  results(
    id: string,
    target: BulkTarget,
    rows: readonly WriteRow[],
    progress: BulkProgress,
  ): Promise<readonly RowResult[]>;
}

/** A side that may be able to load many records by one job. */
export interface LoadingSide extends Side {
  readonly bulk?: BulkLoads;
}

/** The org does not take a job: no permission, no allowance left, or it does not like what is in it. */
export class BulkRefused extends FaultError {
  override readonly name = "BulkRefused";
}

/** What a cell of a job's file says for null (salesforce.md §3.6); a text that is just this would be emptied. */
export const bulkNull = "#N/A";
/** Salesforce takes cells and records up to so many characters. */
const longestCell = 131_072;
const longestRecord = 400_000;

/** Whether a job's file can say what the row says. */
export function fitsBulk({ fields, passAlerts }: WriteRow): boolean {
  if (passAlerts) return false;
  let characters = 0;
  for (const value of Object.values(fields)) {
    if (value === "" || value === bulkNull) return false;
    const { length } = String(value);
    if (length > longestCell) return false;
    characters += length + 3;
  }
  return characters <= longestRecord / 2;
}

/** What tells a row from the others of its job, and comes back with its result. */
export function bulkIdentity({ id, key }: Pick<WriteRow, "id" | "key">): string {
  return id ?? key.trim().toLowerCase();
}

const soonestLookMs = 1_000;
const latestLookMs = 60_000;

/**
 * When to look again at a job that is being worked on: when it should be half way to its end as fast as it has gone so far; longer
 * and longer while nothing moves.
 */
export function nextLookMs(job: {
  readonly rows: number;
  readonly processed: number;
  readonly runningMs: number;
}): number {
  const { rows, processed, runningMs } = job;
  const remaining = Math.max(0, rows - processed);
  const expectedMs = processed > 0 ? ((runningMs / processed) * remaining) / 2 : runningMs / 2;
  return Math.round(Math.min(latestLookMs, Math.max(soonestLookMs, expectedMs)));
}

/** Where Salesforce shows a job in Setup. */
export function bulkJobUrl(loginUrl: string, salesforceId: string): string {
  const path = `lightning/setup/AsyncApiJobStatus/page?address=${encodeURIComponent(`/${salesforceId}`)}`;
  return new URL(path, loginUrl.endsWith("/") ? loginUrl : `${loginUrl}/`).href;
}
