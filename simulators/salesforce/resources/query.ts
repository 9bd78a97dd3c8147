import { setupId } from "./setup-ids";
import { ApiError } from "../http/errors";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";
import type { Schema } from "../model/schema";
import { normaliseId } from "../org/ids";
import { explainSoql } from "../soql/explain";
import type { Pages, QueryList } from "../soql/query-list";
import { runSoql } from "../soql/run";
import { purgeExpired } from "../write/purge";

const DEFAULT_PAGE_ROWS = 2000;
const SMALLEST_PAGE_ROWS = 200;

/** `/query?q=`, `/query?explain=`, `/queryAll?q=` and the pages after the first. */
export const queryRoutes: Route[] = [
  { method: "GET", pattern: /^\/(query|queryAll)\/?$/, handle: query, composable: true, heavy: true },
  {
    method: "GET",
    pattern: /^\/(query|queryAll)\/([^/]+)$/,
    handle: nextPage,
    composable: true,
    heavy: true,
  },
];

function query(call: RestCall, [resource]: readonly string[]): RestReply {
  const { org, request, schema, session } = call;
  const explained = request.query.get("explain");
  if (explained !== null && resource === "query") {
    const asked = explainedQuery(schema, explained);
    return { status: 200, body: explainSoql(org, schema, asked, request.version, session.userId) };
  }
  const soql = request.query.get("q");
  if (soql === null) {
    throw new ApiError(400, "MALFORMED_QUERY", "A query string has to be specified");
  }
  const pageSize = askedPageSize(request.headers["sforce-query-options"]);
  if (resource === "queryAll") purgeExpired(org);
  const list = runSoql(org, schema, soql, request.version, resource === "queryAll", session.userId);
  call.details.rows = list.totalSize;
  return page(call, list, 0, pageSize, undefined);
}

/**
 * The query to explain: the one given, or that of a list view by its id (REST API guide, "Query Performance Feedback").
 * An object's one list view shows all its records, so its plan is that of reading them.
 * @throws ApiError INVALID_ID
 */
function explainedQuery(schema: Schema, asked: string): string {
  const id = normaliseId(asked);
  if (id === undefined) return asked;
  const object = schema.objects.find(({ model }) => setupId("00B", model.keyPrefix) === id);
  if (!object) throw new ApiError(400, "INVALID_ID", `${asked} is not the id of a report or list view`);
  return `SELECT Id FROM ${object.name}`;
}

function nextPage(call: RestCall, [, locator = ""]: readonly string[]): RestReply {
  const { org, session, schema } = call;
  const match = /^(01g[A-Za-z0-9]{12,15})-(\d+)$/.exec(locator);
  const cursor = org.cursors.find(match?.[1] ?? "", { userId: session.userId, schema }, org.now());
  const start = Number(match?.[2]);
  if (!cursor || start >= cursor.list.rowCount) {
    throw new ApiError(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
  }
  return page(call, cursor.list, start, cursor.pageSize, match?.[1]);
}

/** Makes a page; what is left waits behind a cursor, a new one unless the list has one already. */
function page(
  call: RestCall,
  list: QueryList,
  start: number,
  pageSize: number,
  knownCursor: string | undefined,
): RestReply {
  const { org, session, schema, request } = call;
  const reader = { userId: session.userId, schema };
  const urlOf = (cursorId: string, from: number) =>
    `${versionPath(request.version)}/query/${cursorId}-${String(from)}`;
  const pages: Pages = {
    size: pageSize,
    keep: (children, from) => urlOf(org.cursors.add(children, reader, pageSize, org.now(), true), from),
  };
  const { records, end } = list.page(start, pages);
  const { totalSize } = list;
  if (end >= list.rowCount) return { status: 200, body: { totalSize, done: true, records } };
  const cursorId = knownCursor ?? org.cursors.add(list, reader, pageSize, org.now());
  return {
    status: 200,
    body: { totalSize, done: false, nextRecordsUrl: urlOf(cursorId, end), records },
  };
}

/**
 * `Sforce-Query-Options: batchSize=200`: the rows of a page, brought to 200 to 2,000 (REST API guide, "Query Options
 * Header").
 * @throws ApiError INVALID_BATCH_SIZE for anything else than a number
 */
function askedPageSize(header: string | undefined): number {
  if (header === undefined || header.trim() === "") return DEFAULT_PAGE_ROWS;
  const asked = /^\s*batchSize\s*=\s*(\d+)\s*$/i.exec(header)?.[1];
  if (asked === undefined) {
    throw new ApiError(400, "INVALID_BATCH_SIZE", `Sforce-Query-Options is not understood: ${header}`);
  }
  return Math.min(DEFAULT_PAGE_ROWS, Math.max(SMALLEST_PAGE_ROWS, Number(asked)));
}
