import { ApiError } from "./errors";
import type { RestRequest, Route } from "./messages";

const BODY_METHODS = new Set(["POST", "PATCH", "PUT"]);

/**
 * The JSON body of a request; undefined when there is none, or when the resource takes the body in another form.
 * @throws ApiError JSON_PARSER_ERROR, 415 for a body of a type or charset that the resource does not take
 */
export function readJson(request: Omit<RestRequest, "body">, route: Route): unknown {
  const { bodyText, headers } = request;
  if (!BODY_METHODS.has(request.method) || bodyText === "") return undefined;
  const contentType = headers["content-type"] ?? "";
  if (route.accepts?.test(contentType)) return undefined;
  if (!/^application\/json\s*(?:;|$)/i.test(contentType) || !isUtf8(contentType)) {
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

/** JSON travels as UTF-8 (REST API guide, "JSON and XML support"). */
function isUtf8(contentType: string): boolean {
  const charset = /;\s*charset\s*=\s*"?([\w-]+)/i.exec(contentType)?.[1];
  return charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset);
}
