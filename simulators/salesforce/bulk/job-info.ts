import { hasEnded, type Job } from "./job";
import { versionPath } from "../http/messages";
import { salesforceDateTime } from "../org/clock";

/** A job as the call that creates it answers: no `jobType` yet (Bulk API 2.0 guide, "Create a Job"). */
export function createdInfo(job: Job): Record<string, unknown> {
  return { ...basicInfo(job), ...contentUrl(job), ...formatOf(job) };
}

/** A job as a call that changes its state answers (recorded; guide, "Abort a Query Job"). */
export function basicInfo(job: Job): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.objectName,
    createdById: job.createdById,
    createdDate: salesforceDateTime(job.createdAt),
    systemModstamp: salesforceDateTime(job.changedAt),
    state: job.state,
    ...(job.kind === "ingest" && job.externalIdFieldName !== undefined
      ? { externalIdFieldName: job.externalIdFieldName }
      : {}),
    concurrencyMode: "Parallel",
    contentType: "CSV",
    apiVersion: job.version,
  };
}

/** A job in a list of jobs. */
export function listedInfo(job: Job): Record<string, unknown> {
  const jobType = job.kind === "ingest" ? "V2Ingest" : "V2Query";
  return { ...basicInfo(job), jobType, ...contentUrl(job), ...formatOf(job) };
}

/** All of a job (guide, "Get Information About an Ingest Job", "… About a Query Job"). */
export function wholeInfo(job: Job, now: Date): Record<string, unknown> {
  return {
    ...listedInfo(job),
    ...(job.state === "Open" ? {} : { numberRecordsProcessed: job.processed }),
    ...(job.kind === "ingest" && job.state !== "Open" ? { numberRecordsFailed: job.failedCount } : {}),
    retries: 0,
    totalProcessingTime: elapsedMs(job, job.queuedAt, now),
    ...(job.kind === "ingest"
      ? { apiActiveProcessingTime: elapsedMs(job, job.startedAt, now), apexProcessingTime: 0 }
      : {}),
    isPkChunkingSupported: job.kind === "query",
    ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
  };
}

function formatOf({ lineEnding, columnDelimiter }: Job): Record<string, unknown> {
  return { lineEnding, columnDelimiter };
}

function contentUrl(job: Job): Record<string, unknown> {
  if (job.kind !== "ingest" || job.state !== "Open") return {};
  return { contentUrl: `${versionPath(job.version).slice(1)}/jobs/ingest/${job.id}/batches` };
}

function elapsedMs(job: Job, since: Date | undefined, now: Date): number {
  if (!since) return 0;
  const until = hasEnded(job) ? job.changedAt : now;
  return Math.max(0, until.getTime() - since.getTime());
}
