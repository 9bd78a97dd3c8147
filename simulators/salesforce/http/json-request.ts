import { ApiError } from "./errors";
import { depthProblem } from "./json-depth";
import { syntaxProblem } from "./json-syntax";
import type { RestRequest, Route } from "./messages";

const BODY_METHODS = new Set(["POST", "PATCH", "PUT"]);

/**
 * The JSON body of a request; undefined when there is none, or when the resource takes the body in another form.
 * @throws ApiError JSON_PARSER_ERROR also for one that nests too deep, 415 for a body of a type or charset that the resource does not take
 */
export function readJson(request: Omit<RestRequest, "body">, route: Route): unknown {
  const { bodyText, bytes, headers } = request;
  if (!BODY_METHODS.has(request.method) || bytes.length === 0) return undefined;
  const contentType = headers["content-type"] ?? "";
  if (route.accepts?.test(contentType)) return undefined;
  if (!/^application\/json\s*(?:;|$)/i.test(contentType) || !isUtf8(contentType)) {
    throw new ApiError(
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      `Content-Type header specified in HTTP request is not supported: ${contentType}`,
    );
  }
  const body = parsed(bodyText);
  const problem = depthProblem(body);
  if (problem !== undefined) throw new ApiError(400, "JSON_PARSER_ERROR", problem);
  return body;
}

function parsed(bodyText: string): unknown {
  try {
    return JSON.parse(bodyText);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ApiError(400, "JSON_PARSER_ERROR", syntaxProblem(bodyText) ?? error.message);
  }
}

/** JSON travels as UTF-8 (REST API guide, "JSON and XML support"). */
function isUtf8(contentType: string): boolean {
  const charset = /;\s*charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1];
  return charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset);
}
