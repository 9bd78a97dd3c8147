import { apiError, invalidJobState } from "./errors";
import { refuseStrangers } from "./find-job";
import { hasEnded, type Job } from "./job";
import { basicInfo } from "./job-info";
import { readProperties, requiredChoice } from "./properties";
import { moveTo } from "./worker";
import { ApiError } from "../http/errors";
import type { RestCall, RestReply } from "../http/messages";
import { objectBody } from "../resources/json-body";

const STATES = ["Open", "UploadComplete", "InProgress", "JobComplete", "Aborted", "Failed"] as const;

/** The state that the body of a PATCH asks for. @throws ApiError API_ERROR for any but UploadComplete and Aborted */
export function askedState({ request }: RestCall): "UploadComplete" | "Aborted" {
  const properties = readProperties(objectBody(request.body), ["state"], request.bodyText);
  const state = requiredChoice(properties, "state", STATES);
  if (state === "UploadComplete" || state === "Aborted") return state;
  throw invalidJobState(`A job cannot be moved to the state ${state}`);
}

/**
 * Aborts a job; what it has saved stays saved.
 * @throws ApiError INVALIDJOBSTATE when it has ended already, 403 for the job of another user
 */
export function abortJob(call: RestCall, job: Job): RestReply {
  refuseStrangers(call, job);
  if (hasEnded(job)) {
    const ending = job.state === "Aborted" ? "Aborted" : "Completed";
    throw invalidJobState(`Aborting already ${ending} Job not allowed`);
  }
  moveTo(call.org, job, "Aborted");
  return { status: 200, body: basicInfo(job) };
}

/**
 * Removes a job with its data.
 * @throws ApiError API_ERROR in a state that is not deleted, 403 for the job of another user
 */
export function deleteJob(call: RestCall, job: Job, isDeletable: boolean): RestReply {
  refuseStrangers(call, job);
  if (!isDeletable) {
    throw apiError("Error encountered when deleting the job because the job is not terminated");
  }
  call.org.jobs.remove(job);
  return { status: 204 };
}

/** Only who created a job may fill and close it (Bulk API guide, "Limits"). @throws ApiError INVALIDUSER */
export function refuseOtherUsers({ session }: RestCall, job: Job): void {
  if (session.userId === job.createdById) return;
  throw new ApiError(400, "INVALIDUSER", "InvalidUser : The job was created by another user");
}
