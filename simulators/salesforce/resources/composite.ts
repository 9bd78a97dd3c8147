import { fillReferences } from "./composite-references";
import { readComposite, type Subrequest } from "./composite-request";
import { isJsonObject, type JsonObject } from "./json-body";
import { answer, findRoute } from "./router";
import { ApiError } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import type { CallDetails } from "../org/call-log";

/** `POST /composite`: up to 25 requests in one API call, later ones may use the answers of earlier ones. */
export const compositeRoutes: Route[] = [{ method: "POST", pattern: /^\/composite\/?$/, handle: composite }];

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
  const answers = new Map<string, unknown>();
  const replies: SubReply[] = [];
  let hasFailed = false;
  for (const subrequest of subrequests) {
    const reply = hasFailed && allOrNone ? halted() : run(call, subrequest, answers, allOrNone);
    answers.set(subrequest.referenceId, reply.body);
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

function run(
  call: RestCall,
  subrequest: Subrequest,
  answers: ReadonlyMap<string, unknown>,
  allOrNone: boolean,
): SubReply {
  const details: CallDetails = {};
  try {
    const body = fillReferences(subrequest.body, answers);
    const url = new URL(encodeBareReferences(subrequest.url, answers), "http://org");
    const match = /^\/services\/data\/v(\d+)\.0(\/.*)$/.exec(url.pathname);
    const version = Number(match?.[1]);
    const request = {
      ...call.request,
      method: subrequest.method,
      path: match?.[2] ?? url.pathname,
      version: match ? version : call.request.version,
      query: url.searchParams,
      headers: { ...call.request.headers, ...subrequest.headers },
      body:
        allOrNone && isJsonObject(body) && Array.isArray(body.records) ? { ...body, allOrNone: true } : body,
    };
    const route = match ? findRoute(call.routes, request) : undefined;
    if (!route?.route.composable) throw unsupported(subrequest);
    return { ...answer({ ...call, request, details }, route), details };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, body: error.body, details };
  }
}

function encodeBareReferences(url: string, answers: ReadonlyMap<string, unknown>): string {
  return url.replaceAll(/@\{[^}]*\}/g, (reference) =>
    encodeURIComponent(String(fillReferences(reference, answers))),
  );
}

function unsupported({ method, url }: Subrequest): ApiError {
  return new ApiError(404, "NOT_FOUND", `The requested resource does not exist: ${method} ${url}`);
}

/** A subrequest fails by its status; a Collections call also by its rows, which matters under allOrNone only. */
function isFailure(reply: RestReply): boolean {
  return reply.status >= 300 || rowsOf(reply).some((row) => row.success === false);
}

/** Collections that went well keep printing success though they were rolled back (Composite guide, "allOrNone"). */
function takenBack(reply: SubReply): SubReply {
  return isFailure(reply) || rowsOf(reply).length > 0 ? reply : halted(reply);
}

function rowsOf(reply: RestReply): JsonObject[] {
  return Array.isArray(reply.body) ? reply.body.filter(isJsonObject) : [];
}

function halted(reply?: SubReply): SubReply {
  return { status: 400, body: [HALTED], details: reply?.details ?? {} };
}
