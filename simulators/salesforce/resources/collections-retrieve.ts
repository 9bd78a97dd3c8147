import { objectInPath } from "./find-object";
import { objectBody, refuseUnknownKeys } from "./json-body";
import { fieldList, readRecord } from "./rows";
import { COLLECTIONS } from "./version-changes";
import { ApiError } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import { normaliseId } from "../org/ids";

const RESOURCE = {
  pattern: /^\/composite\/sobjects\/([^/]+)\/?$/,
  composable: true,
  heavy: true,
  since: COLLECTIONS,
};
const MAX_RETRIEVED = 2000;

/** `GET` or `POST /composite/sobjects/X`: records by id, null where there is none. */
export const collectionRetrieveRoutes: Route[] = [
  { ...RESOURCE, method: "GET", handle: retrieveByQuery },
  { ...RESOURCE, method: "POST", handle: retrieveByBody },
];

function retrieveByQuery(call: RestCall, parameters: readonly string[]): RestReply {
  const { query } = call.request;
  return retrieve(call, parameters, list(query.get("ids")), list(query.get("fields")));
}

function retrieveByBody(call: RestCall, parameters: readonly string[]): RestReply {
  const body = objectBody(call.request.body);
  refuseUnknownKeys(body, ["ids", "fields"], call.request.bodyText);
  return retrieve(call, parameters, strings(body.ids, "ids"), strings(body.fields, "fields"));
}

function retrieve(
  call: RestCall,
  [objectName = ""]: readonly string[],
  ids: readonly string[],
  names: readonly string[],
): RestReply {
  const { org, schema } = call;
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
    return readRecord(call, object, row, fields);
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
