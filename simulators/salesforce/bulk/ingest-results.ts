import { csvReply, delimiterOf, withLineEnds } from "./csv-reply";
import { quoted } from "./csv-text";
import { invalidJobState } from "./errors";
import { ingestJob, refuseStrangers } from "./find-job";
import { hasEnded, type IngestJob } from "./job";
import { notFound } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";

const SINCE = 41;

/** What became of the records of an ingest job, in the job's own delimiter and line ends. */
export const ingestResultRoutes: Route[] = [
  { method: "GET", pattern: /^\/jobs\/ingest\/([^/]+)\/successfulResults\/?$/, handle: saved, since: SINCE },
  { method: "GET", pattern: /^\/jobs\/ingest\/([^/]+)\/failedResults\/?$/, handle: failed, since: SINCE },
  { method: "GET", pattern: /^\/jobs\/ingest\/([^/]+)\/unprocessedrecords\/?$/, handle: rest, since: SINCE },
];

/** `"sf__Id","sf__Created"`, quoted, then each record as it was uploaded (recorded results). */
function saved(call: RestCall, [id = ""]: readonly string[]): RestReply {
  const job = endedJob(call, id);
  const rows = job.saved.map(({ row, id: recordId, created }) =>
    resultRow(job, [recordId, String(created)], job.file?.rowText(row)),
  );
  const header = resultRow(job, ["sf__Id", "sf__Created"], job.file?.headerText);
  return csvReply(call, withLineEnds(job, [header, ...rows]));
}

function failed(call: RestCall, [id = ""]: readonly string[]): RestReply {
  const job = endedJob(call, id);
  const rows = job.failed.map(({ row, id: recordId, error }) =>
    resultRow(job, [recordId, error], job.file?.rowText(row)),
  );
  const header = resultRow(job, ["sf__Id", "sf__Error"], job.file?.headerText);
  return csvReply(call, withLineEnds(job, [header, ...rows]));
}

function resultRow(job: IngestJob, values: readonly string[], original: string | undefined): string {
  const own = values.map(quoted);
  return [...own, ...(original ? [original] : [])].join(delimiterOf(job));
}

/** The records that were not tried, as they were uploaded. */
function rest(call: RestCall, [id = ""]: readonly string[]): RestReply {
  const job = endedJob(call, id);
  const { file, content = "" } = job;
  if (!file || file.headerText === "") return csvReply(call, content);
  return csvReply(call, withLineEnds(job, [file.headerText]) + file.textFrom(job.processed));
}

/** @throws ApiError 404, 403 for the job of another user, INVALIDJOBSTATE while the job may still change */
function endedJob(call: RestCall, id: string): IngestJob {
  const job = ingestJob(call, id);
  refuseStrangers(call, job);
  if (job.isDataGone) throw notFound();
  if (hasEnded(job)) return job;
  throw invalidJobState(`Results are not available for a Job in state ${job.state}`);
}
