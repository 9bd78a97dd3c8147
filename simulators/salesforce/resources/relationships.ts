import { refuseInvalidConditions, refuseUnmetConditions, unchangedReply } from "./conditional-request";
import { idInPath, objectInPath } from "./find-object";
import { objectBody } from "./json-body";
import { answer, findRoute } from "./router";
import { deletedReply, fieldList, retrievedReply, updatedReply } from "./rows";
import { ApiError, notFound } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import { parseRow } from "../write/parse-row";
import { updateRow } from "../write/save";

const PATTERN = /^\/sobjects\/([^/]+)\/([A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?)\/([^/]+(?:\/[^/]+){0,4})\/?$/;

/** `/sobjects/X/<id>/<relationship>`: the parent of a record over up to five lookups, or its children of one kind. */
export const relationshipRoutes: Route[] = [
  { method: "GET", pattern: PATTERN, handle: retrieve, composable: true },
  { method: "PATCH", pattern: PATTERN, handle: update, composable: true },
  { method: "DELETE", pattern: PATTERN, handle: remove, composable: true },
];

interface Found {
  object: SObject;
  row: Row;
}

/** REST API guide, "Traverse Relationships with Friendly URLs". */
function retrieve(call: RestCall, [objectName = "", idText = "", path = ""]: readonly string[]): RestReply {
  const start = startOf(call, objectName, idText);
  const children = childrenReply(call, start, path);
  if (children) return children;
  const { object, row } = parentOf(call, start, path);
  return unchangedReply(call, object, row) ?? retrievedReply(call, object, row);
}

function update(call: RestCall, [objectName = "", idText = "", path = ""]: readonly string[]): RestReply {
  const { object, row } = parentOf(call, startOf(call, objectName, idText), path);
  const { org, schema, writer, request } = call;
  const parsed = parseRow(schema, object, objectBody(request.body), request.bodyText);
  if (parsed.id !== undefined) {
    throw new ApiError(400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.");
  }
  refuseInvalidConditions(request.headers);
  refuseUnmetConditions(call, object, row);
  const id = String(row.Id);
  return updatedReply(call, object, id, updateRow(org, writer, object, id, parsed));
}

function remove(call: RestCall, [objectName = "", idText = "", path = ""]: readonly string[]): RestReply {
  const { object, row } = parentOf(call, startOf(call, objectName, idText), path);
  return deletedReply(call, object, String(row.Id));
}

function startOf(call: RestCall, objectName: string, idText: string): Found {
  const object = objectInPath(call.schema, objectName);
  return { object, row: liveRow(call, object, idInPath(object, idText)) };
}

/** @throws ApiError 404: an unknown relationship, or one that is empty in a record on the way */
function parentOf(call: RestCall, start: Found, path: string): Found {
  let { object, row } = start;
  for (const name of path.split("/")) {
    const id = row[object.relationship(name)?.name ?? ""];
    const parent = typeof id === "string" ? call.schema.ofId(id) : undefined;
    if (!parent || typeof id !== "string") throw notFound();
    row = liveRow(call, parent, id);
    object = parent;
  }
  return { object, row };
}

function liveRow({ org }: RestCall, object: SObject, id: string): Row {
  const row = org.store.table(object).get(id);
  if (!row || row.IsDeleted) throw notFound();
  return row;
}

/** The children as a query of them answers, in pages; undefined when the path names no relationship to children. */
function childrenReply(call: RestCall, { object, row }: Found, path: string): RestReply | undefined {
  const relationship = object.children.find(
    ({ field }) => field.childRelationshipName?.toLowerCase() === path.toLowerCase(),
  );
  if (!relationship) return undefined;
  const { child, field } = relationship;
  const asked = call.request.query.get("fields");
  const fields = asked === null ? child.model.fields : fieldList(child, asked.split(","));
  const names = fields.map(({ name }) => name).join(", ");
  const soql = `SELECT ${names} FROM ${child.name} WHERE ${field.name} = '${String(row.Id)}'`;
  const request = { ...call.request, path: "/query", query: new URLSearchParams({ q: soql }) };
  const route = findRoute(call.routes, request);
  if (!route) throw notFound();
  return answer({ ...call, request }, route);
}
