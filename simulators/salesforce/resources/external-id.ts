import { keyFieldInPath, objectInPath } from "./find-object";
import { objectBody } from "./json-body";
import { retrievedReply, savedReply } from "./rows";
import { ApiError, notFound } from "../http/errors";
import { versionPath, type RestCall, type RestReply, type Route } from "../http/messages";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import { deleteRow } from "../write/delete";
import { parseRow } from "../write/parse-row";
import { upsertRow } from "../write/upsert";

const PATTERN = /^\/sobjects\/([^/]+)\/([^/]+)\/([^/]+)$/;

/** `/sobjects/X/<key field>/<value>`: GET, upsert and DELETE by external id. */
export const externalIdRoutes: Route[] = [
  { method: "GET", pattern: PATTERN, handle: retrieveByKey, composable: true },
  { method: "PATCH", pattern: PATTERN, handle: upsertByKey, composable: true },
  { method: "DELETE", pattern: PATTERN, handle: deleteByKey, composable: true },
];

function upsertByKey(call: RestCall, parameters: readonly string[]): RestReply {
  const { org, schema, writer, request } = call;
  const [objectName = "", keyName = "", value = ""] = parameters;
  const object = objectInPath(schema, objectName);
  const key = keyFieldInPath(object, keyName);
  const parsed = parseRow(schema, object, objectBody(request.body), request.bodyText);
  const repeated = parsed.values.has(key) ? key.name : parsed.id !== undefined ? "Id" : undefined;
  if (repeated !== undefined) {
    throw new ApiError(
      400,
      "INVALID_FIELD",
      `The ${repeated} field should not be specified in the sobject data.`,
    );
  }
  if (request.query.get("updateOnly") === "true" && org.store.table(object).byKey(key, value).length === 0) {
    throw notFound();
  }
  const result = upsertRow(org, writer, object, key, value, parsed);
  if (result.success === "ambiguous") return severalReply(call, object, result.found);
  const reply = savedReply(call, object, result);
  if (!result.success) return reply;
  return answerSince46(call, result.id, result.created, reply);
}

/** Up to v45 an update answered 204 and a create had no `created`. */
function answerSince46(call: RestCall, id: string, created: boolean, reply: RestReply): RestReply {
  if (call.request.version >= 46) {
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
  return found.length > 1 ? severalReply(call, object, found) : retrievedReply(call, object, row);
}

function deleteByKey(call: RestCall, parameters: readonly string[]): RestReply {
  const { object, found } = rowsByKey(call, parameters);
  const [row] = found;
  if (!row) throw notFound();
  if (found.length > 1) return severalReply(call, object, found);
  const result = deleteRow(call.org, call.writer, object, String(row.Id));
  if (!result.success) return savedReply(call, object, result);
  call.org.stats.count(object.name, "deleted");
  return { status: 204 };
}

function rowsByKey(call: RestCall, parameters: readonly string[]): { object: SObject; found: Row[] } {
  const [objectName = "", keyName = "", value = ""] = parameters;
  const object = objectInPath(call.schema, objectName);
  const key = keyFieldInPath(object, keyName);
  return { object, found: call.org.store.table(object).byKey(key, value) };
}

/** 300 with the URLs of the records that share the key. */
function severalReply(call: RestCall, object: SObject, found: readonly Row[]): RestReply {
  const base = `${versionPath(call.request.version)}/sobjects/${object.name}`;
  return { status: 300, body: found.map((row) => `${base}/${String(row.Id)}`) };
}
