import { flagOf, isJsonObject, objectBody, refuseUnknownKeys, type JsonObject } from "./json-body";
import { isHeavy } from "./router";
import { STRICT_REFERENCES } from "./version-changes";
import { ApiError } from "../http/errors";
import type { RestCall } from "../http/messages";

export interface Subrequest {
  method: string;
  url: string;
  referenceId: string;
  body: unknown;
  /** Names in lower case. */
  headers: Record<string, string>;
}

export interface CompositeRequest {
  allOrNone: boolean;
  subrequests: Subrequest[];
}

const MAX_SUBREQUESTS = 25;
const MAX_HEAVY_SUBREQUESTS = 5;
const REFERENCE_ID = /^[A-Za-z0-9][A-Za-z0-9_]*$/;
const METHODS = ["POST", "PUT", "PATCH", "GET", "DELETE"];
const INHERITED_HEADERS = ["accept", "authorization", "content-type"];

/**
 * Reads the body of a Composite call (REST API guide, "Composite Request Body").
 * @throws ApiError 400 when the call breaks a rule of Composite; nothing of it is run then
 */
export function readComposite(call: RestCall): CompositeRequest {
  const { bodyText } = call.request;
  const request = objectBody(call.request.body);
  refuseUnknownKeys(request, ["allOrNone", "collateSubrequests", "compositeRequest"], bodyText);
  flagOf(request, "collateSubrequests");
  const list: unknown = request.compositeRequest;
  if (!Array.isArray(list) || list.length === 0) {
    throw new ApiError(
      400,
      "INVALID_INPUT",
      "The compositeRequest parameter is required: an array of subrequests",
    );
  }
  if (list.length > MAX_SUBREQUESTS) {
    throw limit(
      `Composite requests are limited to ${MAX_SUBREQUESTS} subrequests; this one has ${list.length}.`,
    );
  }
  const subrequests = list.map((entry: unknown) => readSubrequest(call, entry));
  refuseRepeatedIds(subrequests);
  refuseTooManyHeavy(call, subrequests);
  return { allOrNone: flagOf(request, "allOrNone"), subrequests };
}

function refuseRepeatedIds(subrequests: readonly Subrequest[]): void {
  const seen = new Set<string>();
  for (const { referenceId } of subrequests) {
    if (seen.has(referenceId)) {
      throw new ApiError(
        400,
        "INVALID_INPUT",
        `Duplicate referenceId provided in the request: ${referenceId}`,
      );
    }
    seen.add(referenceId);
  }
}

function refuseTooManyHeavy(call: RestCall, subrequests: readonly Subrequest[]): void {
  const heavy = subrequests.filter(({ method, url }) => isHeavy(call.routes, method, url)).length;
  if (heavy <= MAX_HEAVY_SUBREQUESTS) return;
  throw limit(
    `Composite requests are limited to ${MAX_HEAVY_SUBREQUESTS} sObject Collections or query subrequests; this one has ${heavy}.`,
  );
}

function limit(message: string): ApiError {
  return new ApiError(400, "LIMIT_EXCEEDED", message);
}

function readSubrequest(call: RestCall, entry: unknown): Subrequest {
  if (!isJsonObject(entry)) {
    throw new ApiError(400, "JSON_PARSER_ERROR", "A subrequest must be an object");
  }
  const known = ["method", "url", "referenceId", "body", "httpHeaders"];
  refuseUnknownKeys(entry, known, call.request.bodyText);
  const { method, url, referenceId, body } = entry;
  if (typeof method !== "string" || typeof url !== "string" || typeof referenceId !== "string") {
    throw new ApiError(400, "INVALID_INPUT", "A subrequest needs method, url and referenceId");
  }
  if (!METHODS.includes(method)) {
    throw new ApiError(
      400,
      "INVALID_INPUT",
      `The method of a subrequest is one of ${METHODS.join(", ")}: ${method}`,
    );
  }
  if (call.request.version >= STRICT_REFERENCES && !REFERENCE_ID.test(referenceId)) {
    throw new ApiError(400, "JSON_PARSER_ERROR", referenceIdRule(referenceId));
  }
  return { method, url, referenceId, body: body ?? undefined, headers: readHeaders(entry) };
}

/** The rule of reference ids, in Salesforce's words. */
export function referenceIdRule(referenceId: string): string {
  return `Provided referenceId ('${referenceId}') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`;
}

function readHeaders({ httpHeaders = {} }: JsonObject): Record<string, string> {
  if (!isJsonObject(httpHeaders)) {
    throw new ApiError(400, "JSON_PARSER_ERROR", "The httpHeaders of a subrequest must be an object");
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(httpHeaders)) {
    if (INHERITED_HEADERS.includes(name.toLowerCase())) {
      throw new ApiError(
        400,
        "INVALID_INPUT",
        `Subrequests inherit the ${name} header from the composite request and must not give it.`,
      );
    }
    headers[name.toLowerCase()] = String(value);
  }
  return headers;
}
