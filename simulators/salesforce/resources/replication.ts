import { objectInPath } from "./find-object";
import { replicationWindow, type ReplicationWindow } from "./replication-window";
import { ApiError } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import { describeSummary } from "../model/describe";
import type { SObject } from "../model/schema";
import { salesforceDateTime, salesforceMs } from "../org/clock";
import { deletedRows } from "../write/deleted-rows";

/** `/sobjects/X/updated/?start=&end=` and `/sobjects/X/deleted/?start=&end=`. */
export const replicationRoutes: Route[] = [
  { method: "GET", pattern: /^\/sobjects\/([^/]+)\/updated\/?$/, handle: updated, composable: true },
  { method: "GET", pattern: /^\/sobjects\/([^/]+)\/deleted\/?$/, handle: deleted, composable: true },
];

const MAX_IDS = 600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Deletions are told for so long (REST API guide, "sObject Get Deleted"). */
const DELETED_DAYS = 15;

/** Live records whose SystemModstamp lies in the window, both ends included (guide, "sObject Get Updated"). */
function updated(call: RestCall, [name = ""]: readonly string[]): RestReply {
  const object = replicateable(call, name);
  const window = replicationWindow(call.request.query, call.org.now());
  const ids: string[] = [];
  for (const row of call.org.store.table(object).all()) {
    if (!row.IsDeleted && isWithin(row.SystemModstamp, window)) ids.push(String(row.Id));
  }
  refuseTooMany(ids.length);
  call.details.object = object.name;
  call.details.rows = ids.length;
  return { status: 200, body: { ids, latestDateCovered: latestDateCovered(window, call.org.now()) } };
}

/** Deletions in the window, of the last 15 days, those out of the recycle bin included (guide, "sObject Get Deleted"). */
function deleted(call: RestCall, [name = ""]: readonly string[]): RestReply {
  const { org } = call;
  const object = replicateable(call, name);
  const window = replicationWindow(call.request.query, org.now());
  const keptSince = org.deleteLog.knownSince;
  if (keptSince !== undefined && window.start < keptSince) {
    throw new ApiError(
      400,
      "INVALID_REPLICATION_DATE",
      "startDate before the date that deleted records are available from",
    );
  }
  const oldest = new Date(org.now().getTime() - DELETED_DAYS * DAY_MS);
  const start = window.start < oldest ? oldest : window.start;
  const deletedRecords = deletedRows(org, object, start, window.end).map(({ id, deletedMs }) => ({
    deletedDate: salesforceDateTime(new Date(deletedMs)),
    id,
  }));
  refuseTooMany(deletedRecords.length);
  call.details.object = object.name;
  call.details.rows = deletedRecords.length;
  return {
    status: 200,
    body: {
      deletedRecords,
      earliestDateAvailable: salesforceDateTime(keptSince && keptSince > oldest ? keptSince : oldest),
      latestDateCovered: latestDateCovered(window, org.now()),
    },
  };
}

/** @throws ApiError 404 for an unknown object, 400 for one that describe says is not replicateable */
function replicateable({ schema }: RestCall, name: string): SObject {
  const object = objectInPath(schema, name);
  if (describeSummary(object, "").replicateable) return object;
  throw new ApiError(400, "INVALID_TYPE", `sObject type ${object.name} is not replicable`);
}

function isWithin(modstamp: unknown, { start, end }: ReplicationWindow): boolean {
  const moment = salesforceMs(String(modstamp));
  return moment >= start.getTime() && moment <= end.getTime();
}

function refuseTooMany(count: number): void {
  if (count <= MAX_IDS) return;
  throw new ApiError(
    400,
    "EXCEEDED_ID_LIMIT",
    `There is a limit of 600,000 IDs returned from this resource; ${count} were found`,
  );
}

/** The end of the window, or now where that is earlier, in whole minutes. */
function latestDateCovered({ end }: ReplicationWindow, now: Date): string {
  const covered = Math.min(end.getTime(), Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
  return salesforceDateTime(new Date(covered));
}
