import type { BulkAllowance } from "./jobs";

/** How an org treats Bulk jobs; everything has a default. */
export interface BulkOptions {
  /** How fast jobs are worked through, so that a client sees their states; default 25000. */
  rowsPerSecond?: number;
  /** The least time that a job waits and runs; default 100. */
  shortestMs?: number;
  /** Batches of 10,000 records a day; default 15000. */
  dailyBatches?: number;
  /** Query jobs a day; default 10000. */
  dailyQueryJobs?: number;
  /** Memory for data and results of ended jobs, in bytes; the oldest go first. Default 128 MB. */
  keptDataBytes?: number;
}

export interface BulkSettings {
  rowsPerSecond: number;
  shortestMs: number;
  keptDataBytes: number;
  /** What the org may use in 24 hours (limits cheat sheet, "Bulk API and Bulk API 2.0"). */
  allowances: Readonly<Record<BulkAllowance, number>>;
}

/** One terabyte in megabytes, as `/limits` of an org says it. */
const DAILY_QUERY_RESULT_MB = 976_562;
const KEPT_DATA_BYTES = 128 * 1024 * 1024;

export function resolveBulkOptions(options: BulkOptions = {}): BulkSettings {
  return {
    rowsPerSecond: options.rowsPerSecond ?? 25_000,
    shortestMs: options.shortestMs ?? 100,
    keptDataBytes: options.keptDataBytes ?? KEPT_DATA_BYTES,
    allowances: {
      DailyBulkApiBatches: options.dailyBatches ?? 15_000,
      DailyBulkV2QueryFileStorageMB: DAILY_QUERY_RESULT_MB,
      DailyBulkV2QueryJobs: options.dailyQueryJobs ?? 10_000,
    },
  };
}
