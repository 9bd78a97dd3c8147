import { describe, expect, it } from "vitest";
import { normaliseId } from "../org/ids";
import type { IngestJob, JobState } from "./job";
import { BulkJobs } from "./jobs";
import { paceOf } from "./pace";
import { resolveBulkOptions } from "./settings";
import { refuseTooMuch } from "./upload";

const KEPT_DATA_BYTES = 1000;
const HOUR_MS = 3_600_000;
const createdAt = new Date("2026-01-01T00:00:00Z");
const after = (hours: number) => new Date(createdAt.getTime() + hours * HOUR_MS);

function job(state: JobState): IngestJob {
  return {
    kind: "ingest",
    id: normaliseId("7500000000001AB") ?? "",
    objectName: "Contact",
    operation: "insert",
    externalIdFieldName: undefined,
    columnDelimiter: "COMMA",
    lineEnding: "LF",
    createdById: "005",
    createdAt,
    changedAt: createdAt,
    version: 62,
    state,
    queuedAt: undefined,
    startedAt: undefined,
    content: undefined,
    isGarbled: false,
    file: undefined,
    processed: 0,
    saved: [],
    failed: [],
    failedCount: 0,
    errorMessage: undefined,
    isDataGone: false,
  };
}

function jobsWith(state: JobState): { jobs: BulkJobs; id: string } {
  const jobs = new BulkJobs(KEPT_DATA_BYTES);
  const added = job(state);
  jobs.add(added);
  return { jobs, id: added.id };
}

describe("a job that is left alone", () => {
  it("is aborted when it was open for a day", () => {
    const { jobs, id } = jobsWith("Open");
    expect(jobs.find(id, after(23.9))?.state).toBe("Open");
    expect(jobs.find(id, after(24.1))?.state).toBe("Aborted");
  });

  it("is forgotten a week after its end", () => {
    const { jobs, id } = jobsWith("JobComplete");
    expect(jobs.find(id, after(7 * 24 - 1))).toBeDefined();
    expect(jobs.find(id, after(7 * 24 + 1))).toBeUndefined();
    expect(jobs.all(after(7 * 24 + 1))).toEqual([]);
  });
});

describe("what jobs use of an org's allowances", () => {
  it("counts for 24 hours", () => {
    const jobs = new BulkJobs(KEPT_DATA_BYTES);
    jobs.countBatches(3, after(0));
    jobs.countBatches(2, after(12));
    jobs.countQueryResult(3 * 1024 * 1024, after(12));
    expect(jobs.usage(after(13))).toEqual({
      DailyBulkApiBatches: 5,
      DailyBulkV2QueryFileStorageMB: 3,
      DailyBulkV2QueryJobs: 0,
    });
    expect(jobs.usage(after(25)).DailyBulkApiBatches).toBe(2);
  });
});

describe("the data of one job", () => {
  it("may be 150 MB once they are base64", () => {
    const mostBytes = (150 * 1024 * 1024 * 3) / 4;
    expect(() => refuseTooMuch(mostBytes)).not.toThrow();
    expect(() => refuseTooMuch(mostBytes + 1)).toThrow("exceeded 150 MB");
  });
});

describe("the pace of a job", () => {
  const settings = resolveBulkOptions({ rowsPerSecond: 10_000, shortestMs: 100 });

  it("lets records through evenly, at the rate of the org", () => {
    const { dueAfter } = paceOf(settings, 0);
    expect([0, 500, 1000, 5000].map((elapsedMs) => dueAfter(elapsedMs, 10_000))).toEqual([
      0, 5_000, 10_000, 10_000,
    ]);
  });

  it("takes at least half of the least time, and longer when the job is slow", () => {
    expect(paceOf(settings, 0).dueAfter(49, 2)).toBe(1);
    expect(paceOf(settings, 0).dueAfter(50, 2)).toBe(2);
    const slow = paceOf(settings, 1_000);
    expect(slow.waitMs).toBe(300);
    expect(slow.dueAfter(400, 10)).toBe(5);
  });
});
