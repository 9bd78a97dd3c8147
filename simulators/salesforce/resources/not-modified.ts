import { dateMs, preconditionFailed } from "./conditional-request";
import type { RestCall, RestReply } from "../http/messages";

/**
 * Answers what hangs on the schema alone: with `Last-Modified`, and 304 without a body when nothing changed since
 * `If-Modified-Since` (REST API guide, "Conditional Request Headers"). A header that is no date is passed over, as
 * HTTP says.
 * @throws ApiError 412 when it changed since `If-Unmodified-Since`
 */
export function notModified(call: RestCall, body: () => unknown): RestReply {
  const { org, session, schema, request } = call;
  const changedAt = org.schemaClock.lastChange(session.userId, schema, org.now());
  const unmodifiedSince = dateMs(request.headers["if-unmodified-since"]);
  if (unmodifiedSince !== undefined && changedAt.getTime() > unmodifiedSince) {
    throw preconditionFailed("If-Unmodified-Since");
  }
  const headers = { "Last-Modified": changedAt.toUTCString() };
  const since = Date.parse(request.headers["if-modified-since"] ?? "");
  return changedAt.getTime() <= since ? { status: 304, headers } : { status: 200, headers, body: body() };
}
