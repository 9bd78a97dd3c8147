import { collectionReply, readCollection, saveCollection, type CollectionRow } from "./collection-rows";
import { rowId } from "./collections";
import { objectInPath } from "./find-object";
import { COLLECTIONS_UPSERT } from "./version-changes";
import { ApiError } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import { keyOf } from "../org/table";
import { insertRow, updateRow } from "../write/save";
import { failure, type SaveResult } from "../write/save-result";
import { asRowResult, upsertRow } from "../write/upsert";

/** `PATCH /composite/sobjects/X/<key field>`: upsert up to 200 rows of one object. */
export const collectionUpsertRoutes: Route[] = [
  {
    method: "PATCH",
    pattern: /^\/composite\/sobjects\/([^/]+)\/([^/]+)\/?$/,
    handle: upsertRows,
    composable: true,
    heavy: true,
    since: COLLECTIONS_UPSERT,
  },
];

function upsertRows(call: RestCall, [objectName = "", keyName = ""]: readonly string[]): RestReply {
  const object = objectInPath(call.schema, objectName);
  const key = upsertKey(object, keyName);
  const request = readCollection(call);
  const stranger = request.rows.find((row) => row.object !== object);
  if (stranger) {
    throw new ApiError(
      400,
      "INVALID_INPUT",
      `The type of every record must be ${object.name}, as in the URL; one is ${stranger.object.name}.`,
    );
  }
  const repeated = repeatedKeys(key, request.rows);
  const results = saveCollection(call, request, (row) => upsertOne(call, key, row, repeated));
  return { status: 200, body: collectionReply(call, request.rows, results, true) };
}

/** @throws ApiError INVALID_FIELD: the field is no key of the object */
function upsertKey(object: SObject, name: string): FieldModel {
  const field = object.field(name);
  if (field && (field.type === "id" || field.externalId || field.idLookup)) return field;
  throw new ApiError(
    400,
    "INVALID_FIELD",
    `Field name provided, ${name} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`,
  );
}

function upsertOne(
  call: RestCall,
  key: FieldModel,
  { object, parsed }: CollectionRow,
  repeated: ReadonlySet<string>,
): SaveResult {
  const { org, writer } = call;
  if (key.type === "id") {
    if (parsed.id === undefined) return insertRow(org, writer, object, parsed);
    const id = rowId(object, parsed);
    return typeof id === "string" ? updateRow(org, writer, object, id, parsed) : id;
  }
  const value = keyText(key, parsed.values.get(key));
  if (value === undefined) return failure("MISSING_ARGUMENT", `${key.name} not specified`);
  if (parsed.id !== undefined) {
    return failure(
      "INVALID_FIELD",
      `cannot specify both Id and the external id field ${key.name} in an upsert call`,
      ["Id"],
    );
  }
  if (repeated.has(keyOf(key, value))) {
    return failure("DUPLICATE_VALUE", `Duplicate external id specified: ${value}`, [key.name]);
  }
  return asRowResult(key, upsertRow(org, writer, object, key, value, parsed));
}

/** Keys that more than one row of the call carries: none of those rows is saved. */
function repeatedKeys(key: FieldModel, rows: readonly CollectionRow[]): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { parsed } of rows) {
    const text = keyText(key, parsed.values.get(key));
    if (text === undefined) continue;
    const normal = keyOf(key, text);
    if (seen.has(normal)) repeated.add(normal);
    seen.add(normal);
  }
  return repeated;
}

function keyText(key: FieldModel, value: unknown): string | undefined {
  if (value === null || value === undefined || key.type === "id") return undefined;
  const text = String(value).trim();
  return text === "" ? undefined : text;
}
