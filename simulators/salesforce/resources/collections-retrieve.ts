import { objectInPath } from "./find-object";
import { objectBody } from "./json-body";
import { fieldList } from "./rows";
import { ApiError } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import { normaliseId } from "../org/ids";
import { answeredValue, recordAttributes } from "../soql/read-record";

const PATTERN = /^\/composite\/sobjects\/([^/]+)$/;
const MAX_RETRIEVED = 2000;

/** `GET` or `POST /composite/sobjects/X`: records by id, null where there is none. */
export const collectionRetrieveRoutes: Route[] = [
  { method: "GET", pattern: PATTERN, handle: retrieveByQuery, composable: true, heavy: true },
  { method: "POST", pattern: PATTERN, handle: retrieveByBody, composable: true, heavy: true },
];

function retrieveByQuery(call: RestCall, parameters: readonly string[]): RestReply {
  const { query } = call.request;
  return retrieve(call, parameters, list(query.get("ids")), list(query.get("fields")));
}

function retrieveByBody(call: RestCall, parameters: readonly string[]): RestReply {
  const body = objectBody(call.request.body);
  return retrieve(call, parameters, strings(body.ids, "ids"), strings(body.fields, "fields"));
}

function retrieve(
  call: RestCall,
  [objectName = ""]: readonly string[],
  ids: readonly string[],
  names: readonly string[],
): RestReply {
  const { org, schema, request } = call;
  const object = objectInPath(schema, objectName);
  if (ids.length === 0) throw new ApiError(400, "MISSING_ARGUMENT", "The ids parameter is required");
  if (names.length === 0) throw new ApiError(400, "MISSING_ARGUMENT", "The fields parameter is required");
  if (ids.length > MAX_RETRIEVED) {
    throw new ApiError(400, "EXCEEDED_ID_LIMIT", `record limit reached: ${MAX_RETRIEVED}`);
  }
  const fields = fieldList(object, names);
  const table = org.store.table(object);
  call.details.object = object.name;
  call.details.rows = ids.length;
  const body = ids.map((text) => {
    const row = table.get(normaliseId(text) ?? "");
    if (!row || row.IsDeleted) return null;
    const record: Record<string, unknown> = { attributes: recordAttributes(object, row, request.version) };
    for (const field of fields) record[field.name] = answeredValue(row, field);
    return record;
  });
  return { status: 200, body };
}

function list(text: string | null): string[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function strings(value: unknown, name: string): string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new ApiError(400, "JSON_PARSER_ERROR", `The ${name} parameter must be an array of texts`);
}
