import { csvReply, withLineEnds } from "./csv-reply";
import { apiError, invalidJobState } from "./errors";
import { queryJob, refuseStrangers } from "./find-job";
import type { QueryJob } from "./job";
import { ApiError, notFound } from "../http/errors";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";

/** Records of a page when the client does not say. */
const USUAL_PAGE = 50_000;
const PAGES_PER_ANSWER = 5;

/** The records of a query job, page by page. */
export const queryResultRoutes: Route[] = [
  { method: "GET", pattern: /^\/jobs\/query\/([^/]+)\/results\/?$/, handle: results, since: 47 },
  { method: "GET", pattern: /^\/jobs\/query\/([^/]+)\/resultPages\/?$/i, handle: resultPages, since: 58 },
];

/** Bulk API 2.0 guide, "Get Results for a Query Job". */
function results(call: RestCall, [id = ""]: readonly string[]): RestReply {
  const job = completeJob(call, id);
  const start = startOf(call, job);
  const end = Math.min(job.lines.length, start + pageSize(call));
  return csvReply(call, withLineEnds(job, [job.header, ...job.lines.slice(start, end)]), {
    "Sforce-Locator": end < job.lines.length ? locatorOf(end) : "null",
    "Sforce-NumberOfRecords": String(end - start),
  });
}

/** Where the pages are, for clients that fetch several at once (guide, "Get Parallel Results for a Query Job"). */
function resultPages(call: RestCall, [id = ""]: readonly string[]): RestReply {
  const job = completeJob(call, id);
  const path = `${versionPath(call.request.version)}/jobs/query/${job.id}`;
  const start = startOf(call, job);
  const end = start + PAGES_PER_ANSWER * USUAL_PAGE;
  const pages: { resultUrl: string }[] = [];
  for (let at = start; at < Math.min(end, Math.max(1, job.lines.length)); at += USUAL_PAGE) {
    pages.push({ resultUrl: `${path}/results?locator=${locatorOf(at)}` });
  }
  const done = end >= job.lines.length;
  const nextRecordsUrl = done ? null : `${path}/resultPages?locator=${locatorOf(end)}`;
  return { status: 200, body: { resultPages: pages, nextRecordsUrl, done } };
}

/** @throws ApiError 404, 403 for the job of another user, 409 for another version than the job's, INVALIDJOBSTATE before the job is complete */
function completeJob(call: RestCall, id: string): QueryJob {
  const job = queryJob(call, id);
  refuseStrangers(call, job);
  if (call.request.version !== job.version) {
    throw new ApiError(
      409,
      "CONFLICT",
      `The job was created with API version ${job.version}.0; get its results with the same version.`,
    );
  }
  if (job.isDataGone) throw notFound();
  if (job.state === "JobComplete") return job;
  throw invalidJobState(`Results are not available for a Job in state ${job.state}`);
}

/** Locators look as the guide's do: `MTAwMDA`. */
function locatorOf(position: number): string {
  return Buffer.from(String(position)).toString("base64url");
}

/** @throws ApiError API_ERROR for a locator that was not given out */
function startOf({ request }: RestCall, job: QueryJob): number {
  const locator = request.query.get("locator");
  if (locator === null) return 0;
  const position = Buffer.from(locator, "base64url").toString();
  const isKnown = /^\d+$/.test(position) && locatorOf(Number(position)) === locator;
  if (isKnown && Number(position) < Math.max(1, job.lines.length)) return Number(position);
  throw apiError(`Invalid value: '${locator}' supplied for parameter: 'locator'`);
}

/** @throws ApiError API_ERROR when `maxRecords` is no number of at least one */
function pageSize({ request }: RestCall): number {
  const text = request.query.get("maxRecords");
  if (text === null) return USUAL_PAGE;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw apiError(`Invalid value: '${text}' supplied for parameter: 'maxRecords'`);
}
