import { isUtf8 } from "node:buffer";
import { invalidJobState } from "./errors";
import type { IngestJob } from "./job";
import { refuseOtherUsers } from "./state-change";
import { ApiError } from "../http/errors";
import type { RestCall } from "../http/messages";

const MAX_BASE64_BYTES = 150 * 1024 * 1024;

/**
 * Takes the data of an open job, once (Bulk API 2.0 guide, "Upload Job Data").
 * @throws ApiError INVALIDUSER, INVALIDJOBSTATE, BULK_API_ERROR for data given again, 413 beyond 150 MB of base64
 */
export function takeData(call: RestCall, job: IngestJob, bytes: Buffer, text: string): void {
  refuseOtherUsers(call, job);
  if (job.state !== "Open")
    throw invalidJobState(`Uploading data to a Job in state ${job.state} not allowed`);
  if (job.content !== undefined) {
    throw new ApiError(
      400,
      "BULK_API_ERROR",
      `Found multipe contents for job: <${job.id.slice(0, 15)}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  }
  refuseTooMuch(bytes.length);
  job.content = text;
  job.isGarbled = !isUtf8(bytes);
}

/** Salesforce keeps the data as base64, and that is what is measured. @throws ApiError 413 */
export function refuseTooMuch(byteCount: number): void {
  if (Math.ceil(byteCount / 3) * 4 <= MAX_BASE64_BYTES) return;
  throw new ApiError(
    413,
    "EXCEEDED_MAX_SIZE_REQUEST",
    "The size of a message sent to the API exceeded 150 MB.",
  );
}
