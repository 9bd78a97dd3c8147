import { invalidValue } from "./errors";
import type { Job } from "./job";
import { listedInfo } from "./job-info";
import { ApiError } from "../http/errors";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";

const PAGE_JOBS = 1_000;
const JOB_TYPES = ["BigObjectIngest", "Classic", "V2Ingest", "V2Query"];

/** The jobs of the org, by pages of a thousand. */
export const jobListRoutes: Route[] = [
  { method: "GET", pattern: /^\/jobs\/ingest\/?$/, handle: (call) => list(call, "V2Ingest"), since: 41 },
  { method: "GET", pattern: /^\/jobs\/query\/?$/, handle: (call) => list(call, "V2Query"), since: 47 },
];

/**
 * The whole org's jobs of one type (Bulk API 2.0 guide, "Get Information About All Ingest Jobs", "… All Query Jobs").
 * Jobs of Bulk API 1.0 and of big objects, which alone know PK chunking, are not in this org.
 */
function list(call: RestCall, usualType: string): RestReply {
  const { query } = call.request;
  const locator = query.get("queryLocator");
  if (locator !== null) return nextPage(call, locator);
  const jobType = query.get("jobType") ?? usualType;
  if (!JOB_TYPES.includes(jobType)) throw invalidValue("jobType", jobType);
  const isOther =
    query.get("isPkChunkingEnabled") === "true" || /^serial$/i.test(query.get("concurrencyMode") ?? "");
  const jobs = call.org.jobs.all(call.org.now()).filter((job) => !isOther && typeOf(job) === jobType);
  return page(
    call,
    jobs.map(({ id }) => id),
    0,
    undefined,
  );
}

function typeOf(job: Job): string {
  return job.kind === "ingest" ? "V2Ingest" : "V2Query";
}

/** @throws ApiError INVALID_QUERY_LOCATOR */
function nextPage(call: RestCall, locator: string): RestReply {
  const { org } = call;
  const [, id, position] = /^(01g\w{15})-(\d+)$/.exec(locator) ?? [];
  const ids = id === undefined ? undefined : org.jobs.listOf(id);
  if (!ids || Number(position) >= ids.length) {
    throw new ApiError(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
  }
  return page(call, ids, Number(position), id);
}

/** A page of jobs; those that were deleted since the list was made are left out. */
function page(call: RestCall, ids: readonly string[], start: number, listId: string | undefined): RestReply {
  const { org, request } = call;
  const end = start + PAGE_JOBS;
  const jobs = ids
    .slice(start, end)
    .map((id) => org.jobs.find(id, org.now()))
    .filter((job) => job !== undefined);
  const records = jobs.map(listedInfo);
  if (end >= ids.length) return { status: 200, body: { done: true, records, nextRecordsUrl: null } };
  const id = listId ?? org.ids.next("01g");
  if (listId === undefined) org.jobs.openList(id, ids);
  const resource = request.path.split("/")[2] ?? "ingest";
  const nextRecordsUrl = `${versionPath(request.version)}/jobs/${resource}?queryLocator=${id}-${end}`;
  return { status: 200, body: { done: false, records, nextRecordsUrl } };
}
