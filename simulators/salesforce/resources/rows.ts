import { idInPath, objectInPath } from "./find-object";
import { objectBody } from "./json-body";
import { ApiError, notFound, rowErrorsReply } from "../http/errors";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";
import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";
import { answeredValue, recordAttributes } from "../soql/read-record";
import { deleteRow } from "../write/delete";
import { parseRow } from "../write/parse-row";
import { insertRow, updateRow, type SaveResult } from "../write/save";

/** `POST /sobjects/X`, and GET, PATCH, DELETE on `/sobjects/X/<id>`. */
export const rowRoutes: Route[] = [
  { method: "POST", pattern: /^\/sobjects\/([^/]+)$/, handle: create, composable: true },
  { method: "GET", pattern: /^\/sobjects\/([^/]+)\/([^/]+)$/, handle: retrieve, composable: true },
  { method: "PATCH", pattern: /^\/sobjects\/([^/]+)\/([^/]+)$/, handle: update, composable: true },
  { method: "DELETE", pattern: /^\/sobjects\/([^/]+)\/([^/]+)$/, handle: remove, composable: true },
];

function create(call: RestCall, [objectName = ""]: readonly string[]): RestReply {
  const { org, schema, writer, request } = call;
  const object = objectInPath(schema, objectName);
  const parsed = parseRow(schema, object, objectBody(request.body), request.bodyText);
  const result = insertRow(org, writer, object, parsed);
  return savedReply(call, object, result);
}

/** Answers a create: 201 with Location, or the row's errors. */
export function savedReply(call: RestCall, object: SObject, result: SaveResult): RestReply {
  call.details.object = object.name;
  call.details.rows = 1;
  if (!result.success) {
    call.org.stats.count(object.name, "failed");
    return rowErrorsReply(result.errors);
  }
  call.org.stats.count(object.name, result.created ? "created" : "updated");
  const location = `${versionPath(call.request.version)}/sobjects/${object.name}/${result.id}`;
  return {
    status: 201,
    headers: { Location: location },
    body: { id: result.id, success: true, errors: [] },
  };
}

function retrieve(call: RestCall, [objectName = "", idText = ""]: readonly string[]): RestReply {
  const object = objectInPath(call.schema, objectName);
  const row = call.org.store.table(object).get(idInPath(object, idText));
  if (!row) throw notFound();
  return retrievedReply(call, object, row);
}

/** A record as GET answers it: all fields, or those of `?fields=`. */
export function retrievedReply(call: RestCall, object: SObject, row: Row): RestReply {
  if (row.IsDeleted) throw new ApiError(404, "ENTITY_IS_DELETED", "entity is deleted");
  const asked = call.request.query.get("fields");
  const fields = asked === null ? object.model.fields : fieldList(object, asked.split(","));
  const body: Record<string, unknown> = { attributes: recordAttributes(object, row, call.request.version) };
  for (const field of fields) body[field.name] = answeredValue(row, field);
  if (asked !== null) body.Id = row.Id ?? null;
  return { status: 200, body };
}

/** @throws ApiError INVALID_FIELD for the first unknown name */
export function fieldList(object: SObject, names: readonly string[]): FieldModel[] {
  return names.map((name) => {
    const field = object.field(name.trim());
    if (field) return field;
    throw new ApiError(
      400,
      "INVALID_FIELD",
      `No such column '${name.trim()}' on sobject of type ${object.name}`,
    );
  });
}

function update(call: RestCall, [objectName = "", idText = ""]: readonly string[]): RestReply {
  const { org, schema, writer, request } = call;
  const object = objectInPath(schema, objectName);
  const id = idInPath(object, idText);
  const parsed = parseRow(schema, object, objectBody(request.body), request.bodyText);
  if (parsed.id !== undefined) {
    throw new ApiError(400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.");
  }
  refuseChangedSince(call, object, id);
  const result = updateRow(org, writer, object, id, parsed);
  call.details.object = object.name;
  call.details.rows = 1;
  org.stats.count(object.name, result.success ? "updated" : "failed");
  return result.success ? { status: 204 } : missingIs404(rowErrorsReply(result.errors), result);
}

/** `If-Unmodified-Since`: 412 when the record changed after that second (REST guide, "Conditional request headers"). */
function refuseChangedSince(call: RestCall, object: SObject, id: string): void {
  const header = call.request.headers["if-unmodified-since"];
  if (header === undefined) return;
  const since = Date.parse(header);
  if (Number.isNaN(since)) {
    throw new ApiError(400, "INVALID_HEADER", "The If-Unmodified-Since header is not a valid HTTP date");
  }
  const row = call.org.store.table(object).get(id);
  const changed = Date.parse(String(row?.SystemModstamp ?? "").replace("+0000", "Z"));
  if (changed > since) {
    throw new ApiError(412, "PRECONDITION_FAILED", "The record was modified after If-Unmodified-Since");
  }
}

function remove(call: RestCall, [objectName = "", idText = ""]: readonly string[]): RestReply {
  const object = objectInPath(call.schema, objectName);
  const result = deleteRow(call.org, call.writer, object, idInPath(object, idText));
  call.details.object = object.name;
  call.details.rows = 1;
  call.org.stats.count(object.name, result.success ? "deleted" : "failed");
  return result.success ? { status: 204 } : missingIs404(rowErrorsReply(result.errors), result);
}

/** The addressed record itself is unknown: 404, unlike a lookup to an unknown record (recorded composite answers). */
function missingIs404(reply: RestReply, result: SaveResult): RestReply {
  const isUnknown =
    !result.success && result.errors.some((error) => error.message === "invalid cross reference id");
  return isUnknown ? { ...reply, status: 404 } : reply;
}
