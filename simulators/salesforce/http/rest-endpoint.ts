import { ApiError, notFound } from "./errors";
import type { RestReply, RestRequest, Route } from "./messages";
import { sessionOf } from "../oauth/endpoints";
import type { CallDetails } from "../org/call-log";
import type { Org } from "../org/org";
import type { Session } from "../org/sessions";
import { answer, findRoute } from "../resources/router";
import { routes } from "../resources/routes";
import { NEWEST_VERSION, OLDEST_VERSION } from "../resources/versions";
import { readWriter } from "../write/writer";

const BODY_METHODS = new Set(["POST", "PATCH", "PUT"]);

/**
 * Answers one call below `/services/data/vXX.0`: session, daily limit, JSON, resource. Every answer carries
 * Sforce-Limit-Info.
 */
export function answerRest(
  org: Org,
  request: Omit<RestRequest, "body">,
  details: CallDetails,
): RestReply & { counted: boolean } {
  const session = sessionOf(org, request.headers.authorization);
  if (!session) {
    return { ...refused(invalidSession()), headers: { "WWW-Authenticate": "Token" }, counted: false };
  }
  org.stats.apiCalls += 1;
  const reply = answerCall(org, session, request, details);
  org.store.commit();
  const limit = `api-usage=${org.stats.apiCalls}/${org.options.dailyApiRequests}`;
  return { ...reply, headers: { ...reply.headers, "Sforce-Limit-Info": limit }, counted: true };
}

function answerCall(
  org: Org,
  session: Session,
  request: Omit<RestRequest, "body">,
  details: CallDetails,
): RestReply {
  try {
    if (org.stats.apiCalls > org.options.dailyApiRequests) throw limitExceeded();
    if (request.version < OLDEST_VERSION || request.version > NEWEST_VERSION) throw notFound();
    const found = findRoute(routes, request);
    if (!found) throw notFound();
    const body = readBody(request, found.route);
    const writer = readWriter(org, session.userId, request.headers);
    const call = {
      org,
      session,
      schema: writer.schema,
      writer,
      request: { ...request, body },
      routes,
      details,
    };
    return answer(call, found);
  } catch (error) {
    if (error instanceof ApiError) return refused(error);
    throw error;
  }
}

export function limitExceeded(): ApiError {
  return new ApiError(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
}

function invalidSession(): ApiError {
  return new ApiError(401, "INVALID_SESSION_ID", "Session expired or invalid");
}

function refused(error: ApiError): RestReply {
  return { status: error.status, body: error.body };
}

/** @throws ApiError JSON_PARSER_ERROR, 415 for a body of a type that the resource does not take */
function readBody(request: Omit<RestRequest, "body">, route: Route): unknown {
  const { bodyText, headers } = request;
  if (!BODY_METHODS.has(request.method) || bodyText === "") return undefined;
  const contentType = headers["content-type"] ?? "";
  if (route.accepts?.test(contentType)) return undefined;
  if (!/^application\/json\b/i.test(contentType)) {
    throw new ApiError(
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      `Content-Type header specified in HTTP request is not supported: ${contentType}`,
    );
  }
  try {
    return JSON.parse(bodyText) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ApiError(400, "JSON_PARSER_ERROR", `The request body is no valid JSON: ${reason}`);
  }
}
