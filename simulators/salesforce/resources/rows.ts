import {
  refuseInvalidConditions,
  refuseUnmetConditions,
  unchangedReply,
  validators,
} from "./conditional-request";
import { idInPath, objectInPath } from "./find-object";
import { objectBody } from "./json-body";
import { markRecent } from "./recent-items";
import { failedRowReply, recordUrl } from "./row-errors";
import { ApiError, notFound } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";
import { answeredValue, recordAttributes } from "../soql/read-record";
import { deleteRow } from "../write/delete";
import { parseRow } from "../write/parse-row";
import { insertRow, updateRow, type SaveResult } from "../write/save";
import type { FailedSave } from "../write/save-result";

/** `POST /sobjects/X`, and GET, PATCH, DELETE on `/sobjects/X/<id>`. */
export const rowRoutes: Route[] = [
  { method: "POST", pattern: /^\/sobjects\/([^/]+)\/?$/, handle: create, composable: true },
  { method: "GET", pattern: /^\/sobjects\/([^/]+)\/([^/]+)\/?$/, handle: retrieve, composable: true },
  { method: "PATCH", pattern: /^\/sobjects\/([^/]+)\/([^/]+)\/?$/, handle: update, composable: true },
  { method: "DELETE", pattern: /^\/sobjects\/([^/]+)\/([^/]+)\/?$/, handle: remove, composable: true },
];

function create(call: RestCall, [objectName = ""]: readonly string[]): RestReply {
  const { org, schema, writer, request } = call;
  const object = objectInPath(schema, objectName);
  refuseInvalidConditions(request.headers);
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
    return failedRowReply(call, result.errors);
  }
  markRecent(call, result.id);
  call.org.stats.count(object.name, result.created ? "created" : "updated");
  return {
    status: 201,
    headers: { Location: recordUrl(call, object, result.id) },
    body: { id: result.id, success: true, errors: [] },
  };
}

function retrieve(call: RestCall, [objectName = "", idText = ""]: readonly string[]): RestReply {
  const object = objectInPath(call.schema, objectName);
  const row = call.org.store.table(object).get(idInPath(object, idText));
  if (!row) throw notFound();
  if (row.IsDeleted) throw new ApiError(404, "ENTITY_IS_DELETED", "entity is deleted");
  return unchangedReply(call, object, row) ?? retrievedReply(call, object, row);
}

/** A record as GET answers it: all fields, or those of `?fields=`. */
export function retrievedReply(call: RestCall, object: SObject, row: Row): RestReply {
  const asked = call.request.query.get("fields");
  const fields = asked === null ? object.model.fields : fieldList(object, asked.split(","));
  const body = readRecord(call, object, row, fields);
  markRecent(call, String(row.Id));
  return { status: 200, headers: validators(object, row), body };
}

/** A record with these fields, and with its Id whether asked for or not. */
export function readRecord(
  call: RestCall,
  object: SObject,
  row: Row,
  fields: readonly FieldModel[],
): Record<string, unknown> {
  const body: Record<string, unknown> = { attributes: recordAttributes(object, row, call.request.version) };
  for (const field of fields) body[field.name] = answeredValue(row, field);
  body.Id = row.Id ?? null;
  return body;
}

/**
 * The fields of a list of names, each of the object itself: the guide speaks of fields alone, so that a path such as
 * `Account.Name` is an unknown column.
 * @throws ApiError INVALID_FIELD for the first unknown name
 */
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
  const { org, schema, request } = call;
  const object = objectInPath(schema, objectName);
  const id = idInPath(object, idText);
  const parsed = parseRow(schema, object, objectBody(request.body), request.bodyText);
  if (parsed.id !== undefined) {
    throw new ApiError(400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.");
  }
  refuseInvalidConditions(request.headers);
  refuseUnmetConditions(call, object, org.store.table(object).get(id));
  const result = updateRow(org, call.writer, object, id, parsed);
  return updatedReply(call, object, id, result);
}

/** Answers an update: 204, or the row's errors. */
export function updatedReply(call: RestCall, object: SObject, id: string, result: SaveResult): RestReply {
  call.details.object = object.name;
  call.details.rows = 1;
  call.org.stats.count(object.name, result.success ? "updated" : "failed");
  if (!result.success) return addressedRowReply(call, object, id, result);
  markRecent(call, id);
  return { status: 204 };
}

function remove(call: RestCall, [objectName = "", idText = ""]: readonly string[]): RestReply {
  const object = objectInPath(call.schema, objectName);
  const id = idInPath(object, idText);
  return deletedReply(call, object, id);
}

/** Deletes a record and answers 204, or why it stays. */
export function deletedReply(call: RestCall, object: SObject, id: string): RestReply {
  const result = deleteRow(call.org, call.writer, object, id);
  call.details.object = object.name;
  call.details.rows = 1;
  call.org.stats.count(object.name, result.success ? "deleted" : "failed");
  return result.success ? { status: 204 } : addressedRowReply(call, object, id, result);
}

/** The addressed record itself is unknown: 404, unlike a lookup to an unknown record (recorded composite answers). */
function addressedRowReply(call: RestCall, object: SObject, id: string, { errors }: FailedSave): RestReply {
  const reply = failedRowReply(call, errors);
  return call.org.store.table(object).get(id) ? reply : { ...reply, status: 404 };
}
