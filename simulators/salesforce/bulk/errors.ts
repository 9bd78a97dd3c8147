import { ApiError } from "../http/errors";

/**
 * A refusal of the Bulk API 2.0 resources. Its codes are written in capitals without underscores; most repeat
 * themselves in the message (recorded: `INVALIDJOB`, "InvalidJob : Unable to find object: X").
 */
export function invalidJob(message: string): ApiError {
  return new ApiError(400, "INVALIDJOB", `InvalidJob : ${message}`);
}

/** The job is not in a state for this; the sentence stands alone (Bulk API 2.0 guide, "Abort a Query Job"). */
export function invalidJobState(message: string): ApiError {
  return new ApiError(400, "INVALIDJOBSTATE", message);
}

/** A property of the request has a value it cannot have (recorded). */
export function invalidValue(property: string, value: string): ApiError {
  return apiError(`Invalid value: '${value}' supplied for property: '${property}'`);
}

export function apiError(message: string): ApiError {
  return new ApiError(400, "API_ERROR", message);
}

/** What ends a job as Failed: its `errorMessage`. */
export class JobFailure extends Error {}

/** The data cannot be split into records, or their header does not fit the object. */
export function invalidBatch(message: string): JobFailure {
  return new JobFailure(`InvalidBatch : ${message}`);
}

export function clientInputError(message: string): JobFailure {
  return new JobFailure(`ClientInputError : ${message}`);
}
