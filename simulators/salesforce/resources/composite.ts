import { fillReferences, fillText, type Answers } from "./composite-references";
import { readComposite, type Subrequest } from "./composite-request";
import { isJsonObject, type JsonObject } from "./json-body";
import { answer, findRoute } from "./router";
import { COLLECTIONS_IN_COMPOSITE, COMPOSITE } from "./version-changes";
import { ApiError, notFound } from "../http/errors";
import { versionPath, type RestCall, type RestReply, type RestRequest, type Route } from "../http/messages";
import type { CallDetails } from "../org/call-log";
import { readWriter } from "../write/writer";

const RESOURCE = { pattern: /^\/composite\/?$/, since: COMPOSITE };

/** `POST /composite`: up to 25 requests in one API call, later ones may use the answers of earlier ones. */
export const compositeRoutes: Route[] = [
  { ...RESOURCE, method: "POST", handle: composite },
  { ...RESOURCE, method: "GET", handle: compositeResources },
];

/** Of the composite resources, those that this org has (guide, "Get a List of Composite Resources"). */
function compositeResources({ request }: RestCall): RestReply {
  return { status: 200, body: { sobjects: `${versionPath(request.version)}/composite/sobjects` } };
}

/** Stands in for the org's own address, which subrequests leave out. */
const SAME_ORG = "http://org";

const HALTED = {
  errorCode: "PROCESSING_HALTED",
  message: "The transaction was rolled back since another operation in the same transaction failed.",
};

interface SubReply extends RestReply {
  details: CallDetails;
}

function composite(call: RestCall): RestReply {
  const { org } = call;
  const { allOrNone, subrequests } = readComposite(call);
  const mark = org.store.mark();
  const statsBefore = org.stats.snapshot();
  const answers: Answers = { version: call.request.version, bodies: new Map() };
  const replies: SubReply[] = [];
  let hasFailed = false;
  for (const subrequest of subrequests) {
    const reply = hasFailed && allOrNone ? halted() : run(call, subrequest, answers);
    answers.bodies.set(subrequest.referenceId, reply.body);
    hasFailed ||= isFailure(reply);
    replies.push(reply);
  }
  if (allOrNone && hasFailed) {
    org.store.rollBackTo(mark);
    org.stats.restore({ ...statsBefore, apiCalls: org.stats.apiCalls });
  }
  const shown = allOrNone && hasFailed ? replies.map(takenBack) : replies;
  call.details.subrequests = subrequests.map(({ referenceId, method, url }, position) => {
    const reply = shown[position] ?? halted();
    return { referenceId, method, url, status: reply.status, ...reply.details };
  });
  return {
    status: 200,
    body: {
      compositeResponse: shown.map((reply, position) => ({
        body: reply.body ?? null,
        httpHeaders: reply.headers ?? {},
        httpStatusCode: reply.status,
        referenceId: subrequests[position]?.referenceId ?? "",
      })),
    },
  };
}

function run(call: RestCall, subrequest: Subrequest, answers: Answers): SubReply {
  const details: CallDetails = {};
  try {
    const request = subrequestOf(call, subrequest, answers);
    const found = findRoute(routesOf(call, request.version), request);
    if (!found?.route.composable) throw notFound();
    const writer = readWriter(call.org, call.session.userId, request.headers, request.version);
    return { ...answer({ ...call, writer, schema: writer.schema, request, details }, found), details };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: error.body, headers: error.headers, details };
  }
}

/** The subrequest with its references filled in. It has headers of its own, and three of the call around it. */
function subrequestOf(
  call: RestCall,
  { method, url, headers, body }: Subrequest,
  answers: Answers,
): RestRequest {
  const { accept, authorization, "content-type": contentType } = call.request.headers;
  const target = targetOf(fillText(url, answers, encodeURIComponent));
  const match = /^\/services\/data\/v(\d+)\.0(\/.*)$/.exec(target.pathname);
  if (!match?.[1] || !match[2]) throw notFound();
  return {
    ...call.request,
    method,
    path: match[2],
    version: Number(match[1]),
    query: target.searchParams,
    headers: { accept, authorization, "content-type": contentType, ...headers },
    body: fillReferences(body, answers),
  };
}

/** @throws ApiError 400 for what is no address, 404 for one that does not begin at the root of this org */
function targetOf(address: string): URL {
  if (!URL.canParse(address, SAME_ORG)) {
    throw new ApiError(400, "BAD_REQUEST", "The request URI is not well formed");
  }
  const target = new URL(address, SAME_ORG);
  if (!address.startsWith("/") || target.origin !== SAME_ORG) throw notFound();
  return target;
}

/** The resources of the subrequest's version; Collections came to Composite later than they came to REST. */
function routesOf(call: RestCall, version: number): readonly Route[] {
  return call.routes.filter(({ since = 0, pattern }) => {
    const isCollections = pattern.source.includes("composite\\/sobjects");
    return version >= Math.max(since, isCollections ? COLLECTIONS_IN_COMPOSITE : 0);
  });
}

/** A subrequest fails by its status; a Collections call also by its rows, which matters under allOrNone only. */
function isFailure(reply: RestReply): boolean {
  return reply.status >= 300 || rowsOf(reply).some((row) => row.success === false);
}

/**
 * Collections print what their own `allOrNone` gives, so that rows keep saying success though the call around them took
 * them back (guide, "allOrNone Parameters in Composite and Collections Requests").
 */
function takenBack(reply: SubReply): SubReply {
  return isFailure(reply) || rowsOf(reply).length > 0 ? reply : halted(reply);
}

function rowsOf(reply: RestReply): JsonObject[] {
  return Array.isArray(reply.body) ? reply.body.filter(isJsonObject) : [];
}

function halted(reply?: SubReply): SubReply {
  return { status: 400, body: [HALTED], details: reply?.details ?? {} };
}
