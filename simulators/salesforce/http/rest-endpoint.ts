import { refuseDefaultNamespace } from "./call-options";
import { ApiError, notFound } from "./errors";
import { readJson } from "./json-request";
import type { RestReply, RestRequest, Route } from "./messages";
import { refuseOtherFormats, withoutJsonSuffix } from "./negotiate";
import { sessionOf } from "../oauth/endpoints";
import type { CallDetails } from "../org/call-log";
import type { Org } from "../org/org";
import type { Session } from "../org/sessions";
import { inTransaction } from "../org/transaction";
import { answer, findRoute } from "../resources/router";
import { routes } from "../resources/routes";
import { LAST_RETIRED_VERSION, NEWEST_VERSION, OLDEST_VERSION } from "../resources/version-changes";
import { readWriter } from "../write/writer";

/**
 * Answers one call below `/services/data/vXX.0`: session, daily limit, JSON, resource. Every answer to a session carries
 * Sforce-Limit-Info; without a session there is no org whose limit could be told.
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
  org.stats.countCall(org.now());
  const reply = inTransaction(org, () => answerCall(org, session, request, details));
  return { ...reply, headers: { ...reply.headers, ...limitInfo(org) }, counted: true };
}

function answerCall(
  org: Org,
  session: Session,
  wire: Omit<RestRequest, "body">,
  details: CallDetails,
): RestReply {
  try {
    if (org.stats.callsOfDay(org.now()) > org.options.dailyApiRequests) throw limitExceeded();
    const known = routesOf(wire.version);
    refuseOtherFormats(wire.path, wire.headers.accept, wire.version);
    const method = wire.method === "HEAD" ? "GET" : wire.method;
    const request = { ...wire, method, path: withoutJsonSuffix(wire.path, wire.version) };
    const found = findRoute(known, request);
    if (!found) throw notFound();
    refuseDefaultNamespace(org.schema, request);
    const body = readJson(request, found.route);
    const writer = readWriter(org, session.userId, request.headers, request.version);
    const call = {
      org,
      session,
      schema: writer.schema,
      writer,
      request: { ...request, body },
      routes: known,
      details,
    };
    return answer(call, found);
  } catch (error) {
    if (error instanceof ApiError) return refused(error);
    throw error;
  }
}

const routesByVersion = new Map<number, readonly Route[]>();

/** The resources of a version. @throws ApiError 410 for a retired version, 404 for one this org does not speak */
function routesOf(version: number): readonly Route[] {
  if (version <= LAST_RETIRED_VERSION) {
    throw new ApiError(410, "GONE", "The requested API version has been retired.");
  }
  if (version < OLDEST_VERSION || version > NEWEST_VERSION) throw notFound();
  let known = routesByVersion.get(version);
  if (!known) {
    known = routes.filter(({ since }) => since === undefined || since <= version);
    routesByVersion.set(version, known);
  }
  return known;
}

/** The header that tells how many calls the org has used (REST API guide, "Limit Info Header"). */
export function limitInfo(org: Org): Record<string, string> {
  return {
    "Sforce-Limit-Info": `api-usage=${org.stats.callsOfDay(org.now())}/${org.options.dailyApiRequests}`,
  };
}

export function limitExceeded(): ApiError {
  return new ApiError(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
}

function invalidSession(): ApiError {
  return new ApiError(401, "INVALID_SESSION_ID", "Session expired or invalid");
}

function refused({ status, body, headers }: ApiError): RestReply {
  return { status, body, headers };
}
