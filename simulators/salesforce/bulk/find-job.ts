import type { IngestJob, Job, QueryJob } from "./job";
import { ApiError, notFound } from "../http/errors";
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

/** Either opens the jobs of all users (Salesforce help, "Manage Data Integrations", "Modify All Data"). */
const OVER_ALL_JOBS = ["ModifyAllData", "ManageDataIntegrations"];

/**
 * Results belong to who created the job, and so does its end; the words are ours.
 * @throws ApiError 403 INSUFFICIENT_ACCESS for another user without a permission over all jobs
 */
export function refuseStrangers({ org, session }: RestCall, job: Job): void {
  if (session.userId === job.createdById) return;
  if (OVER_ALL_JOBS.some((permission) => org.userMay(session.userId, permission))) return;
  throw new ApiError(403, "INSUFFICIENT_ACCESS", "The job was created by another user");
}
