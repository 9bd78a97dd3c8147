import {
  collectionReply,
  readCollection,
  refuseTooManyRows,
  ROLLED_BACK,
  saveCollection,
} from "./collection-rows";
import { ApiError, rowError } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import { normaliseId } from "../org/ids";
import { deleteRow } from "../write/delete";
import { insertRow, updateRow, type SaveResult } from "../write/save";
import type { ParsedRow } from "../write/parse-row";
import type { SObject } from "../model/schema";

const PATTERN = /^\/composite\/sobjects$/;

/** `/composite/sobjects`: create, update and delete up to 200 rows. */
export const collectionRoutes: Route[] = [
  { method: "POST", pattern: PATTERN, handle: createRows, composable: true, heavy: true },
  { method: "PATCH", pattern: PATTERN, handle: updateRows, composable: true, heavy: true },
  { method: "DELETE", pattern: PATTERN, handle: deleteRows, composable: true, heavy: true },
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
  const results = saveCollection(call, request, ({ object, parsed }, position) => {
    const id = ids[position];
    if (typeof id !== "string") return id ?? MISSING_ID;
    if (ids.indexOf(id) !== ids.lastIndexOf(id)) return repeatedId(id);
    return updateRow(org, writer, object, id, parsed);
  });
  return { status: 200, body: collectionReply(call, request.rows, results, false) };
}

const MISSING_ID: SaveResult = {
  success: false,
  errors: [rowError("MISSING_ARGUMENT", "Id not specified in an update call")],
};

function repeatedId(id: string): SaveResult {
  return { success: false, errors: [rowError("DUPLICATE_VALUE", `Duplicate id specified: ${id}`, ["Id"])] };
}

/** The row's 18-character id, or the failure of a row without a usable one. */
export function rowId(object: SObject, parsed: ParsedRow): string | SaveResult {
  if (parsed.id === undefined) return MISSING_ID;
  const id = normaliseId(parsed.id);
  if (id !== undefined && id.startsWith(object.model.keyPrefix)) return id;
  const message = `${object.model.label} ID: id value of incorrect type: ${parsed.id}`;
  return { success: false, errors: [rowError("MALFORMED_ID", message, ["Id"])] };
}

function deleteRows(call: RestCall): RestReply {
  const { org, request } = call;
  const ids = (request.query.get("ids") ?? "").split(",").filter((id) => id !== "");
  if (ids.length === 0) throw new ApiError(400, "MISSING_ARGUMENT", "The ids parameter is required");
  refuseTooManyRows(ids.length);
  const mark = org.store.mark();
  const deletions = ids.map((id) => deleteById(call, id));
  const isTakenBack =
    request.query.get("allOrNone") === "true" && deletions.some(({ result }) => !result.success);
  if (isTakenBack) org.store.rollBackTo(mark);
  call.details.rows = ids.length;
  const body = deletions.map(({ object, result }) => {
    const outcome = isTakenBack && result.success ? ROLLED_BACK : result;
    if (!outcome.success) return { success: false, errors: outcome.errors };
    if (object) org.stats.count(object.name, "deleted");
    return { id: outcome.id, success: true, errors: [] };
  });
  return { status: 200, body };
}

function deleteById(
  { org, schema, writer }: RestCall,
  text: string,
): { object?: SObject; result: SaveResult } {
  const id = normaliseId(text);
  const object = id === undefined ? undefined : schema.ofId(id);
  if (id === undefined || !object) {
    return { result: { success: false, errors: [rowError("MALFORMED_ID", `malformed id ${text}`)] } };
  }
  return { object, result: deleteRow(org, writer, object, id) };
}
