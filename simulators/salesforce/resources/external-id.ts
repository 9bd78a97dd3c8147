import { refuseInvalidConditions, unchangedReply } from "./conditional-request";
import { idInPath, keyFieldInPath, objectInPath } from "./find-object";
import { objectBody } from "./json-body";
import { deletedReply, retrievedReply, savedReply, updatedReply } from "./rows";
import { recordUrl } from "./row-errors";
import { UPSERT_ANSWERS_BODY } from "./version-changes";
import { ApiError, notFound } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";
import { parseRow, type ParsedRow } from "../write/parse-row";
import { insertRow, updateRow } from "../write/save";
import { rowsWithKey, upsertRow } from "../write/upsert";

const PATTERN = /^\/sobjects\/([^/]+)\/([^/]+)\/([^/]+)\/?$/;

/** `/sobjects/X/<key field>/<value>`: GET, upsert and DELETE by external id; `POST /sobjects/X/Id` creates. */
export const externalIdRoutes: Route[] = [
  { method: "POST", pattern: /^\/sobjects\/([^/]+)\/[Ii][Dd]\/?$/, handle: createByNullId, composable: true },
  { method: "GET", pattern: PATTERN, handle: retrieveByKey, composable: true },
  { method: "PATCH", pattern: PATTERN, handle: upsertByKey, composable: true },
  { method: "DELETE", pattern: PATTERN, handle: deleteByKey, composable: true },
];

/** An upsert whose Id is null: always a create (REST API guide, "Create Records Using sObject Rows by External ID"). */
function createByNullId(call: RestCall, [objectName = ""]: readonly string[]): RestReply {
  const { org, schema, writer, request } = call;
  const object = objectInPath(schema, objectName);
  refuseInvalidConditions(request.headers);
  const parsed = parseRow(schema, object, objectBody(request.body), request.bodyText);
  refuseInBody(parsed, (field) => field.externalId);
  const result = insertRow(org, writer, object, parsed);
  const reply = savedReply(call, object, result);
  return result.success ? upsertedReply(call, result.id, true, reply) : reply;
}

function upsertByKey(call: RestCall, parameters: readonly string[]): RestReply {
  const { org, schema, writer, request } = call;
  const [objectName = "", keyName = "", value = ""] = parameters;
  const object = objectInPath(schema, objectName);
  const key = keyFieldInPath(object, keyName);
  const parsed = parseRow(schema, object, objectBody(request.body), request.bodyText);
  refuseInBody(parsed, (field) => field === key);
  const updateOnly = isUpdateOnly(request.query.get("updateOnly"));
  if (key.type === "id") return updateById(call, object, idInPath(object, value), parsed);
  if (value.trim() === "") throw new ApiError(400, "MISSING_ARGUMENT", `${key.name} not specified`);
  if (updateOnly && rowsWithKey(org, object, key, value).length === 0) throw notFound();
  const result = upsertRow(org, writer, object, key, value, parsed);
  if (result.success === "ambiguous") return severalReply(call, object, result.found);
  const reply = savedReply(call, object, result);
  return result.success ? upsertedReply(call, result.id, result.created, reply) : reply;
}

function updateById(call: RestCall, object: SObject, id: string, parsed: ParsedRow): RestReply {
  const result = updateRow(call.org, call.writer, object, id, parsed);
  const reply = updatedReply(call, object, id, result);
  return result.success ? upsertedReply(call, id, false, reply) : reply;
}

/** @throws ApiError INVALID_FIELD: the key belongs into the URL, not into the body */
function refuseInBody(parsed: ParsedRow, isKey: (field: FieldModel) => boolean): void {
  const repeated =
    [...parsed.values.keys()].find(isKey)?.name ?? (parsed.id === undefined ? undefined : "Id");
  if (repeated === undefined) return;
  throw new ApiError(
    400,
    "INVALID_FIELD",
    `The ${repeated} field should not be specified in the sobject data.`,
  );
}

/** @throws ApiError 400 for anything but true and false */
function isUpdateOnly(text: string | null): boolean {
  if (text === null || /^(true|false)$/i.test(text)) return text?.toLowerCase() === "true";
  throw new ApiError(400, "INVALID_QUERY_VALUE", `updateOnly must be true or false: ${text}`);
}

/** Before 46.0 an update answered 204 and a create had no `created` (guide, "Insert or Update (Upsert) a Record"). */
function upsertedReply(call: RestCall, id: string, created: boolean, reply: RestReply): RestReply {
  if (call.request.version >= UPSERT_ANSWERS_BODY) {
    return {
      status: created ? 201 : 200,
      headers: created ? reply.headers : undefined,
      body: { id, success: true, errors: [], created },
    };
  }
  return created ? reply : { status: 204 };
}

function retrieveByKey(call: RestCall, parameters: readonly string[]): RestReply {
  const { object, found } = rowsByKey(call, parameters);
  const [row] = found;
  if (!row) throw notFound();
  if (found.length > 1) return severalReply(call, object, found);
  return unchangedReply(call, object, row) ?? retrievedReply(call, object, row);
}

function deleteByKey(call: RestCall, parameters: readonly string[]): RestReply {
  const { object, found } = rowsByKey(call, parameters);
  const [row] = found;
  if (!row) throw notFound();
  if (found.length > 1) return severalReply(call, object, found);
  return deletedReply(call, object, String(row.Id));
}

function rowsByKey(call: RestCall, parameters: readonly string[]): { object: SObject; found: Row[] } {
  const { org, schema } = call;
  const [objectName = "", keyName = "", value = ""] = parameters;
  const object = objectInPath(schema, objectName);
  const key = keyFieldInPath(object, keyName);
  if (key.type !== "id") return { object, found: rowsWithKey(org, object, key, value) };
  const row = org.store.table(object).get(idInPath(object, value));
  return { object, found: row && !row.IsDeleted ? [row] : [] };
}

/** 300 with the URLs of the records that share the key. */
function severalReply(call: RestCall, object: SObject, found: readonly Row[]): RestReply {
  return { status: 300, body: found.map((row) => recordUrl(call, object, String(row.Id))) };
}
