import {
  collectionReply,
  failedRow,
  readCollection,
  refuseTooManyRows,
  rolledBack,
  saveCollection,
} from "./collection-rows";
import { COLLECTIONS } from "./version-changes";
import { ApiError } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import type { SObject } from "../model/schema";
import { normaliseId } from "../org/ids";
import { deleteRow } from "../write/delete";
import type { ParsedRow } from "../write/parse-row";
import { repeated } from "../write/repeated";
import { insertRow, updateRow } from "../write/save";
import { failure, type SaveResult } from "../write/save-result";

const RESOURCE = {
  pattern: /^\/composite\/sobjects\/?$/,
  composable: true,
  heavy: true,
  since: COLLECTIONS,
};

/** `/composite/sobjects`: create, update and delete up to 200 rows (REST API guide, "sObject Collections"). */
export const collectionRoutes: Route[] = [
  { ...RESOURCE, method: "POST", handle: createRows },
  { ...RESOURCE, method: "PATCH", handle: updateRows },
  { ...RESOURCE, method: "DELETE", handle: deleteRows },
];

function createRows(call: RestCall): RestReply {
  const { org, writer } = call;
  const request = readCollection(call);
  const results = saveCollection(call, request, ({ object, parsed }) =>
    insertRow(org, writer, object, parsed),
  );
  return { status: 200, body: collectionReply(call, request.rows, results, false) };
}

function updateRows(call: RestCall): RestReply {
  const { org, writer } = call;
  const request = readCollection(call);
  const ids = request.rows.map(({ object, parsed }) => rowId(object, parsed));
  const repeatedIds = repeated(ids.map((id) => (typeof id === "string" ? id : undefined)));
  const results = saveCollection(call, request, ({ object, parsed }, position) => {
    const id = ids[position];
    if (typeof id !== "string") return id ?? MISSING_ID;
    if (repeatedIds.has(id)) return failure("DUPLICATE_VALUE", `Duplicate id specified: ${id}`, ["Id"]);
    return updateRow(org, writer, object, id, parsed);
  });
  return { status: 200, body: collectionReply(call, request.rows, results, false) };
}

const MISSING_ID: SaveResult = failure("MISSING_ARGUMENT", "Id not specified in an update call");

/** The row's 18-character id, or the failure of a row without a usable one. */
export function rowId(object: SObject, parsed: ParsedRow): string | SaveResult {
  if (parsed.id === undefined) return MISSING_ID;
  const id = normaliseId(parsed.id);
  if (id !== undefined && id.startsWith(object.model.keyPrefix)) return id;
  const message = `${object.model.label} ID: id value of incorrect type: ${parsed.id}`;
  return failure("MALFORMED_ID", message, ["Id"]);
}

function deleteRows(call: RestCall): RestReply {
  const { org, request } = call;
  const ids = (request.query.get("ids") ?? "")
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  if (ids.length === 0) throw new ApiError(400, "MISSING_ARGUMENT", "The ids parameter is required");
  refuseTooManyRows(ids.length);
  const allOrNone = isAllOrNone(request.query.get("allOrNone"));
  const mark = org.store.mark();
  const deletions = ids.map((id) => deleteById(call, id));
  const isTakenBack = allOrNone && deletions.some(({ result }) => !result.success);
  if (isTakenBack) org.store.rollBackTo(mark);
  call.details.rows = ids.length;
  const body = deletions.map(({ object, result }) => {
    const outcome = isTakenBack ? rolledBack(result) : result;
    if (object) org.stats.count(object.name, outcome.success ? "deleted" : "failed");
    return outcome.success ? { id: outcome.id, success: true, errors: [] } : failedRow(outcome);
  });
  return { status: 200, body };
}

/** @throws ApiError 400 for anything but true and false */
function isAllOrNone(text: string | null): boolean {
  if (text === null || /^(true|false)$/i.test(text)) return text?.toLowerCase() === "true";
  throw new ApiError(400, "INVALID_QUERY_VALUE", `allOrNone must be true or false: ${text}`);
}

function deleteById(
  { org, schema, writer }: RestCall,
  text: string,
): { object?: SObject; result: SaveResult } {
  const id = normaliseId(text);
  const object = id === undefined ? undefined : schema.ofId(id);
  if (id === undefined || !object) return { result: failure("MALFORMED_ID", `malformed id ${text}`) };
  return { object, result: deleteRow(org, writer, object, id) };
}
