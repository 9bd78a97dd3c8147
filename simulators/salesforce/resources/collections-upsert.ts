import { collectionReply, readCollection, saveCollection, type CollectionRow } from "./collection-rows";
import { rowId } from "./collections";
import { objectInPath } from "./find-object";
import { COLLECTIONS_UPSERT } from "./version-changes";
import { ApiError } from "../http/errors";
import type { RestCall, RestReply, Route } from "../http/messages";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import { repeated } from "../write/repeated";
import { insertRow, updateRow } from "../write/save";
import type { SaveResult } from "../write/save-result";
import { keyIdentity, upsertByKey } from "../write/upsert-by-key";

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
  const repeatedKeys = repeated(request.rows.map(({ parsed }) => keyIdentity(key, parsed)));
  const results = saveCollection(call, request, (row) => upsertOne(call, key, row, repeatedKeys));
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
  repeatedKeys: ReadonlySet<string>,
): SaveResult {
  const { org, writer } = call;
  if (key.type === "id") {
    if (parsed.id === undefined) return insertRow(org, writer, object, parsed);
    const id = rowId(object, parsed);
    return typeof id === "string" ? updateRow(org, writer, object, id, parsed) : id;
  }
  const identity = keyIdentity(key, parsed);
  return upsertByKey(org, writer, object, key, parsed, identity !== undefined && repeatedKeys.has(identity));
}
