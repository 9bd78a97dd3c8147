import { isJsonObject, objectBody } from "./json-body";
import { isHeavy } from "./router";
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

const MAX_SUBREQUESTS = 25;
const MAX_HEAVY_SUBREQUESTS = 5;
const REFERENCE_ID = /^[A-Za-z0-9][A-Za-z0-9_]*$/;

/** @throws ApiError 400 when the call breaks a rule of Composite; nothing of it is run then */
export function readComposite(call: RestCall): { allOrNone: boolean; subrequests: Subrequest[] } {
  const request = objectBody(call.request.body);
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
  const subrequests = list.map((entry: unknown) => readSubrequest(entry));
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
  const heavy = subrequests.filter(({ method, url }) => isHeavy(call.routes, method, url)).length;
  if (heavy > MAX_HEAVY_SUBREQUESTS) {
    throw limit(
      `Composite requests are limited to ${MAX_HEAVY_SUBREQUESTS} sObject Collections or query subrequests; this one has ${heavy}.`,
    );
  }
  return { allOrNone: request.allOrNone === true, subrequests };
}

function limit(message: string): ApiError {
  return new ApiError(400, "LIMIT_EXCEEDED", message);
}

function readSubrequest(entry: unknown): Subrequest {
  if (!isJsonObject(entry)) {
    throw new ApiError(400, "JSON_PARSER_ERROR", "A subrequest must be an object");
  }
  const { method, url, referenceId, body, httpHeaders } = entry;
  if (typeof method !== "string" || typeof url !== "string" || typeof referenceId !== "string") {
    throw new ApiError(400, "INVALID_INPUT", "A subrequest needs method, url and referenceId");
  }
  if (!REFERENCE_ID.test(referenceId)) {
    throw new ApiError(
      400,
      "INVALID_INPUT",
      `Provided referenceId ('${referenceId}') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`,
    );
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(isJsonObject(httpHeaders) ? httpHeaders : {})) {
    headers[name.toLowerCase()] = String(value);
  }
  return { method: method.toUpperCase(), url, referenceId, body: body ?? undefined, headers };
}
