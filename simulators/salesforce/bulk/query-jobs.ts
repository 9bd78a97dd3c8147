import { queryJob, JOB_PREFIX } from "./find-job";
import type { QueryJob } from "./job";
import { createdInfo, wholeInfo } from "./job-info";
import { readProperties, requiredChoice } from "./properties";
import { columnsOf } from "./query-columns";
import { refuseBeyondBulk } from "./query-refusals";
import { queryWork } from "./query-work";
import { FORMAT_PROPERTIES, readFormat } from "./read-format";
import { abortJob, askedState, deleteJob } from "./state-change";
import { invalidJobState } from "./errors";
import { startWork } from "./worker";
import { ApiError } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import { objectBody } from "../resources/json-body";
import { runSoql } from "../soql/run";

const SINCE = 47;
const ONE = /^\/jobs\/query\/([^/]+)\/?$/;
const PROPERTIES = [...FORMAT_PROPERTIES, "operation", "query"];

/** `/jobs/query`: create, abort, look at and delete jobs that query data. */
export const queryJobRoutes: Route[] = [
  { method: "POST", pattern: /^\/jobs\/query\/?$/, handle: create, since: SINCE },
  { method: "GET", pattern: ONE, handle: look, since: SINCE },
  { method: "PATCH", pattern: ONE, handle: change, since: SINCE },
  { method: "DELETE", pattern: ONE, handle: remove, since: SINCE },
];

/**
 * Bulk API 2.0 guide, "Create a Query Job".
 * @throws ApiError API_ERROR, LIMIT_EXCEEDED, and what the query itself is refused for
 */
function create(call: RestCall): RestReply {
  const { org, session, schema, request } = call;
  const properties = readProperties(objectBody(request.body), PROPERTIES, request.bodyText);
  const operation = requiredChoice(properties, "operation", ["query", "queryAll"]);
  const soql = properties.query ?? "";
  const format = readFormat(properties);
  refuseBeyondAllowance(call);
  const objectName = refuseBeyondBulk(schema, soql);
  const outcome = runSoql(org, schema, soql, request.version, operation === "queryAll", session.userId);
  const columns = columnsOf(schema, objectName, outcome.columns, request.version);
  const now = org.now();
  const job: QueryJob = {
    kind: "query",
    id: org.ids.next(JOB_PREFIX),
    objectName,
    operation,
    ...format,
    createdById: session.userId,
    createdAt: now,
    changedAt: now,
    version: request.version,
    state: "UploadComplete",
    queuedAt: now,
    startedAt: undefined,
    processed: 0,
    errorMessage: undefined,
    isDataGone: false,
    header: "",
    lines: [],
  };
  org.jobs.add(job);
  startWork(org, job, queryWork(org, job, columns, outcome));
  call.details.object = objectName;
  return { status: 200, body: createdInfo(job) };
}

function refuseBeyondAllowance({ org }: RestCall): void {
  const max = org.options.bulk.allowances.DailyBulkV2QueryJobs;
  const { DailyBulkV2QueryJobs: used } = org.jobs.usage(org.now());
  if (used < max) return;
  throw new ApiError(
    400,
    "LIMIT_EXCEEDED",
    `Max bulk v2 query jobs (${max}) per 24 hrs has been reached (${used + 1})`,
  );
}

function look(call: RestCall, [id = ""]: readonly string[]): RestReply {
  return { status: 200, body: wholeInfo(queryJob(call, id), call.org.now()) };
}

function change(call: RestCall, [id = ""]: readonly string[]): RestReply {
  const job = queryJob(call, id);
  if (askedState(call) === "Aborted") return abortJob(call, job);
  throw invalidJobState("Closing already closed Job not allowed");
}

function remove(call: RestCall, [id = ""]: readonly string[]): RestReply {
  const job = queryJob(call, id);
  return deleteJob(call, job, job.state !== "UploadComplete" && job.state !== "InProgress");
}
