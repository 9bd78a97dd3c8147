import type { CsvFile } from "./csv-file";
import type { ColumnDelimiter, LineEnding } from "./csv-format";

export type IngestOperation = "insert" | "update" | "upsert" | "delete" | "hardDelete";
export type QueryOperation = "query" | "queryAll";
export type JobState = "Open" | "UploadComplete" | "InProgress" | "JobComplete" | "Aborted" | "Failed";

interface CommonJob {
  readonly id: string;
  readonly objectName: string;
  readonly createdById: string;
  readonly createdAt: Date;
  /** `62` for v62.0. */
  readonly version: number;
  readonly columnDelimiter: ColumnDelimiter;
  readonly lineEnding: LineEnding;
  state: JobState;
  changedAt: Date;
  /** When the upload was complete: processing time counts from here. */
  queuedAt: Date | undefined;
  /** When the job left the queue. */
  startedAt: Date | undefined;
  /** Records that were tried, failed ones included. */
  processed: number;
  errorMessage: string | undefined;
  /** Set when data and results were dropped to make room for those of later jobs. */
  isDataGone: boolean;
}

/** A record that was saved or deleted: its row in the data, counted from 0. */
export interface SavedRow {
  row: number;
  id: string;
  created: boolean;
}

/** A record that was refused; `id` is empty where no record was found. */
export interface FailedRow {
  row: number;
  id: string;
  error: string;
}

export interface IngestJob extends CommonJob {
  readonly kind: "ingest";
  readonly operation: IngestOperation;
  readonly externalIdFieldName: string | undefined;
  /** The data as it was uploaded; undefined until then. */
  content: string | undefined;
  /** Set when the data are no UTF-8. */
  isGarbled: boolean;
  /** The data, once they were found readable. */
  file: CsvFile | undefined;
  saved: SavedRow[];
  failed: FailedRow[];
  failedCount: number;
}

export interface QueryJob extends CommonJob {
  readonly kind: "query";
  readonly operation: QueryOperation;
  /** The header row, without its line end. */
  header: string;
  /** One row of CSV for each record, without line ends. */
  lines: string[];
}

export type Job = IngestJob | QueryJob;

const ENDED: ReadonlySet<JobState> = new Set(["JobComplete", "Aborted", "Failed"]);

/** Whether nothing happens to the job any more. */
export function hasEnded(job: Job): boolean {
  return ENDED.has(job.state);
}
