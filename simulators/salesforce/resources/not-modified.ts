import type { RestCall, RestReply } from "../http/messages";

/**
 * Answers what hangs on the schema alone: with `Last-Modified`, and 304 without a body when nothing changed since
 * `If-Modified-Since` (REST API guide, "Conditional Request Headers"). A header that is no date is passed over, as
 * HTTP says.
 */
export function notModified(call: RestCall, body: () => unknown): RestReply {
  const { org, session, schema, request } = call;
  const changedAt = org.schemaClock.lastChange(session.userId, schema, org.now());
  const headers = { "Last-Modified": changedAt.toUTCString() };
  const since = Date.parse(request.headers["if-modified-since"] ?? "");
  return changedAt.getTime() <= since ? { status: 304, headers } : { status: 200, headers, body: body() };
}
