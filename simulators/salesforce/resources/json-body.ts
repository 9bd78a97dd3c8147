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

/** @throws ApiError JSON_PARSER_ERROR for a property that the request does not have */
export function refuseUnknownKeys(body: JsonObject, known: readonly string[], bodyText: string): void {
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  const before = bodyText.slice(0, Math.max(0, bodyText.indexOf(JSON.stringify(unknown)))).split("\n");
  const place = `[line:${before.length}, column:${(before.at(-1)?.length ?? 0) + 1}]`;
  throw new ApiError(
    400,
    "JSON_PARSER_ERROR",
    `Unrecognized field "${unknown}", not marked as ignorable at ${place}`,
  );
}

/** A flag of a request, false when it is absent. @throws ApiError JSON_PARSER_ERROR for anything but true and false */
export function flagOf(body: JsonObject, name: string): boolean {
  const value = body[name] ?? false;
  if (typeof value === "boolean") return value;
  throw new ApiError(
    400,
    "JSON_PARSER_ERROR",
    `Cannot deserialize instance of boolean from ${JSON.stringify(value)} or request may be missing a required field: ${name}`,
  );
}
