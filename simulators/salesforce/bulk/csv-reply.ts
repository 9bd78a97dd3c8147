import { DELIMITERS, LINE_ENDS } from "./csv-format";
import type { Job } from "./job";
import { ApiError } from "../http/errors";
import type { RestCall, RestReply } from "../http/messages";

/**
 * A reply of CSV. Results come in no other format (Bulk API 2.0 guide, "Get Results for a Query Job").
 * @throws ApiError 406 when `Accept` asks for another one
 */
export function csvReply(call: RestCall, text: string, headers?: Record<string, string>): RestReply {
  const accept = call.request.headers.accept ?? "*/*";
  if (!/(?:^|,)\s*(?:\*\/\*|text\/(?:\*|csv))\s*(?:[;,]|$)/i.test(accept)) {
    throw new ApiError(406, "NOT_ACCEPTABLE", `Results of Bulk API jobs are text/csv, not ${accept}`);
  }
  return { status: 200, text, contentType: "text/csv", headers };
}

/** Rows of CSV, each with the line end of the job. */
export function withLineEnds(job: Job, rows: readonly string[]): string {
  const lineEnd = LINE_ENDS[job.lineEnding];
  return rows.length === 0 ? "" : rows.join(lineEnd) + lineEnd;
}

export function delimiterOf(job: Job): string {
  return DELIMITERS[job.columnDelimiter];
}
