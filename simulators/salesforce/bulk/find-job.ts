import type { IngestJob, Job, QueryJob } from "./job";
import { notFound } from "../http/errors";
import type { RestCall } from "../http/messages";
import { normaliseId } from "../org/ids";

/** Key prefix of jobs. */
export const JOB_PREFIX = "750";

/** The ingest job named in a URL. @throws ApiError 404 */
export function ingestJob(call: RestCall, idText: string): IngestJob {
  const job = findJob(call, idText);
  if (job?.kind !== "ingest") throw notFound();
  return job;
}

/** The query job named in a URL. @throws ApiError 404 */
export function queryJob(call: RestCall, idText: string): QueryJob {
  const job = findJob(call, idText);
  if (job?.kind !== "query") throw notFound();
  return job;
}

function findJob({ org }: RestCall, idText: string): Job | undefined {
  const id = normaliseId(idText);
  return id === undefined ? undefined : org.jobs.find(id, org.now());
}
