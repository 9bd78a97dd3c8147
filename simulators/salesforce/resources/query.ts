import { ApiError, notFound } from "../http/errors";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";
import { runSoql } from "../soql/run";

const DEFAULT_PAGE = 2000;
const SMALLEST_PAGE = 200;

/** `/query?q=`, `/queryAll?q=` and the pages after the first. */
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
  const { org, request } = call;
  const soql = request.query.get("q");
  if (soql === null) {
    throw new ApiError(400, "MALFORMED_QUERY", "A query string has to be specified");
  }
  const outcome = runSoql(org, soql, request.version, resource === "queryAll");
  const pageSize = askedPageSize(request.headers["sforce-query-options"]);
  call.details.rows = outcome.totalSize;
  if (outcome.rowCount <= pageSize) {
    return {
      status: 200,
      body: { totalSize: outcome.totalSize, done: true, records: outcome.records(0, outcome.rowCount) },
    };
  }
  const cursorId = org.cursors.add({
    totalSize: outcome.totalSize,
    records: outcome.records(0, outcome.rowCount),
    pageSize,
  });
  return page(call, cursorId, 0);
}

function nextPage(call: RestCall, [, locator = ""]: readonly string[]): RestReply {
  const match = /^(01g[A-Za-z0-9]{12,15})-(\d+)$/.exec(locator);
  if (!match?.[1] || !match[2]) throw notFound();
  return page(call, match[1], Number(match[2]));
}

function page(call: RestCall, cursorId: string, start: number): RestReply {
  const cursor = call.org.cursors.find(cursorId);
  if (!cursor || start >= cursor.records.length) {
    throw new ApiError(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
  }
  const end = start + cursor.pageSize;
  const done = end >= cursor.records.length;
  return {
    status: 200,
    body: {
      totalSize: cursor.totalSize,
      done,
      ...(done
        ? {}
        : { nextRecordsUrl: `${versionPath(call.request.version)}/query/${cursorId}-${String(end)}` }),
      records: cursor.records.slice(start, end),
    },
  };
}

/** `Sforce-Query-Options: batchSize=200..2000`. */
function askedPageSize(header: string | undefined): number {
  const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(header ?? "")?.[1] ?? DEFAULT_PAGE);
  return Math.min(DEFAULT_PAGE, Math.max(SMALLEST_PAGE, asked));
}
