import { ApiError } from "../http/errors";

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws ApiError JSON_PARSER_ERROR when the body is no JSON object */
export function objectBody(body: unknown): JsonObject {
  if (isJsonObject(body)) return body;
  throw new ApiError(
    400,
    "JSON_PARSER_ERROR",
    body === undefined
      ? "The HTTP entity body is required, but this request has no entity body."
      : "Can not deserialize the request body: an object is expected at [line:1, column:1]",
  );
}
