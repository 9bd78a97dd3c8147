import { apiError, invalidJobState } from "./errors";
import { ingestJob } from "./find-job";
import { ingestWork } from "./ingest-work";
import type { IngestJob } from "./job";
import { basicInfo, createdInfo, wholeInfo } from "./job-info";
import { readIngestRequest } from "./read-ingest-request";
import { abortJob, askedState, deleteJob, refuseOtherUsers } from "./state-change";
import { takeData } from "./upload";
import { startWork } from "./worker";
import { ApiError } from "../http/errors";
import { isMultipart, MULTIPART, readParts } from "../http/multipart";
import type { RestCall, RestReply, Route } from "../http/messages";
import { isJsonObject, objectBody } from "../resources/json-body";

const SINCE = 41;
/** Data are UTF-8 (guide, "Prepare CSV Files"). */
const CSV = /^text\/csv\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;
const MAX_MULTIPART_CHARACTERS = 100_000;

/** `/jobs/ingest`: create, fill, close, abort, look at and delete jobs that load data. */
export const ingestJobRoutes: Route[] = [
  { method: "POST", pattern: /^\/jobs\/ingest\/?$/, handle: create, accepts: MULTIPART, since: SINCE },
  { method: "GET", pattern: /^\/jobs\/ingest\/([^/]+)\/?$/, handle: look, since: SINCE },
  { method: "PATCH", pattern: /^\/jobs\/ingest\/([^/]+)\/?$/, handle: change, since: SINCE },
  { method: "DELETE", pattern: /^\/jobs\/ingest\/([^/]+)\/?$/, handle: remove, since: SINCE },
  {
    method: "PUT",
    pattern: /^\/jobs\/ingest\/([^/]+)\/batches\/?$/,
    handle: fill,
    accepts: CSV,
    since: SINCE,
  },
];

function create(call: RestCall): RestReply {
  const { org, request } = call;
  if (isMultipart(request.headers["content-type"])) return createWithData(call);
  const job = readIngestRequest(call, objectBody(request.body), request.bodyText);
  org.jobs.add(job);
  note(call, job);
  return { status: 200, body: createdInfo(job) };
}

/** A job and its data in one call, closed at once: part `job` of JSON, part `content` of CSV. */
function createWithData(call: RestCall): RestReply {
  const { org, request } = call;
  const parts = readParts(request.headers["content-type"] ?? "", request.bytes) ?? [];
  const [description, data] = ["job", "content"].map((name) => parts.find((part) => part.name === name));
  if (!description || !data || parts.length > 2) {
    throw apiError("A multipart request must have the parts 'job' and 'content'");
  }
  const [jobText, csv] = [description.bytes.toString("utf8"), data.bytes.toString("utf8")];
  if (csv.length > MAX_MULTIPART_CHARACTERS) {
    throw apiError(
      `A multipart request can have up to ${MAX_MULTIPART_CHARACTERS} characters of data; upload ${csv.length} by PUT`,
    );
  }
  const job = readIngestRequest(call, readJob(jobText), jobText);
  takeData(call, job, data.bytes, csv);
  org.jobs.add(job);
  startWork(org, job, ingestWork(org, job));
  note(call, job);
  return { status: 200, body: createdInfo(job) };
}

function readJob(text: string): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError(400, "JSON_PARSER_ERROR", `The part 'job' is no valid JSON: ${reason}`);
  }
  if (isJsonObject(body)) return body;
  throw new ApiError(400, "JSON_PARSER_ERROR", "The part 'job' must be a JSON object");
}

function look(call: RestCall, [id = ""]: readonly string[]): RestReply {
  return { status: 200, body: wholeInfo(ingestJob(call, id), call.org.now()) };
}

function fill(call: RestCall, [id = ""]: readonly string[]): RestReply {
  const { headers, bytes, bodyText } = call.request;
  const job = ingestJob(call, id);
  const contentType = headers["content-type"] ?? "";
  if (!CSV.test(contentType)) {
    throw new ApiError(
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      `Content-Type header specified in HTTP request is not supported: ${contentType}`,
    );
  }
  takeData(call, job, bytes, bodyText);
  note(call, job);
  return { status: 201 };
}

function change(call: RestCall, [id = ""]: readonly string[]): RestReply {
  const job = ingestJob(call, id);
  note(call, job);
  return askedState(call) === "Aborted" ? abortJob(call, job) : close(call, job);
}

/** Puts the job into the queue. @throws ApiError INVALIDUSER, INVALIDJOBSTATE */
function close(call: RestCall, job: IngestJob): RestReply {
  refuseOtherUsers(call, job);
  if (job.state !== "Open") {
    const ending = job.state === "Aborted" ? "aborted" : "closed";
    throw invalidJobState(`Closing already ${ending} Job not allowed`);
  }
  startWork(call.org, job, ingestWork(call.org, job));
  return { status: 200, body: basicInfo(job) };
}

function remove(call: RestCall, [id = ""]: readonly string[]): RestReply {
  const job = ingestJob(call, id);
  return deleteJob(call, job, job.state !== "Open" && job.state !== "InProgress");
}

function note({ details }: RestCall, job: IngestJob): void {
  details.object = job.objectName;
}
