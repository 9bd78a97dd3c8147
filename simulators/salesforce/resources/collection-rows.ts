import { flagOf, isJsonObject, objectBody, refuseUnknownKeys, type JsonObject } from "./json-body";
import { ApiError, type RowError } from "../http/errors";
import type { RestCall } from "../http/messages";
import type { SObject } from "../model/schema";
import { apexLimitFailure } from "../write/apex-limit";
import { parseRowOfMany, type ParsedRow } from "../write/parse-row";
import { failure, type FailedSave, type SaveResult } from "../write/save-result";

const MAX_COLLECTION_ROWS = 200;
const MAX_TYPE_CHUNKS = 10;

export interface CollectionRow {
  object: SObject;
  /** Empty where the row is unreadable. */
  parsed: ParsedRow;
  /** A value of the wrong JSON type: the row is not saved, the others are. */
  unreadable?: RowError;
}

export interface CollectionRequest {
  allOrNone: boolean;
  rows: CollectionRow[];
}

/**
 * Reads `{ allOrNone, records }` of a Collections call.
 * @throws ApiError for more than 200 records, more than ten chunks of types, a record without type or with an
 * unknown column
 */
export function readCollection(call: RestCall): CollectionRequest {
  const body = objectBody(call.request.body);
  refuseUnknownKeys(body, ["allOrNone", "records"], call.request.bodyText);
  const records: unknown = body.records;
  if (!Array.isArray(records)) {
    throw new ApiError(400, "MISSING_ARGUMENT", "The records parameter is required: an array of sObjects");
  }
  refuseTooManyRows(records.length);
  const rows = records.map((record: unknown) => readRow(call, record));
  const chunks = rows.filter((row, position) => row.object !== rows[position - 1]?.object).length;
  if (chunks > MAX_TYPE_CHUNKS) {
    throw new ApiError(
      400,
      "LIMIT_EXCEEDED",
      "Cannot have more than 10 chunks in a single operation. Please rearrange the data to reduce chunking.",
    );
  }
  call.details.object = [...new Set(rows.map((row) => row.object.name))].join(",");
  call.details.rows = rows.length;
  return { allOrNone: flagOf(body, "allOrNone"), rows };
}

export function refuseTooManyRows(count: number): void {
  if (count <= MAX_COLLECTION_ROWS) return;
  throw new ApiError(
    400,
    "EXCEEDED_ID_LIMIT",
    `record limit reached. cannot submit more than ${MAX_COLLECTION_ROWS} records into this call`,
  );
}

function readRow(call: RestCall, record: unknown): CollectionRow {
  const row: JsonObject = objectBody(record);
  const type: unknown = isJsonObject(row.attributes) ? row.attributes.type : undefined;
  if (typeof type !== "string" || type === "") {
    throw new ApiError(400, "INVALID_TYPE", "Must send a concrete entity type.");
  }
  const object = call.schema.find(type);
  if (!object) throw new ApiError(400, "INVALID_TYPE", `sObject type '${type}' is not supported.`);
  const parsed = parseRowOfMany(call.schema, object, row);
  if ("values" in parsed) return { object, parsed };
  return { object, parsed: { values: new Map(), parentKeys: [], id: undefined }, unreadable: parsed };
}

/**
 * Saves the rows one after the other; the answer keeps their order. With allOrNone one failure takes everything back.
 * A chunk of one type can meet an Apex limit ordered by a test, which fails all its rows.
 */
export function saveCollection(
  call: RestCall,
  request: CollectionRequest,
  save: (row: CollectionRow, position: number) => SaveResult,
): SaveResult[] {
  const { org } = call;
  const mark = org.store.mark();
  const limited = chunksAtTheirLimit(call, request.rows);
  const saveOne = (row: CollectionRow, position: number): SaveResult => {
    if (row.unreadable) return { success: false, errors: [row.unreadable] };
    return limited.has(position) ? apexLimitFailure(row.object) : save(row, position);
  };
  const results = org.duplicateRules.asOneChunk(() => request.rows.map(saveOne));
  if (!request.allOrNone || results.every((result) => result.success)) return results;
  org.store.rollBackTo(mark);
  return results.map(rolledBack);
}

/** What a row that was good gets when allOrNone takes it back; a record that was there before is named. */
export function rolledBack(result: SaveResult): SaveResult {
  if (!result.success) return result;
  const taken = failure(
    "ALL_OR_NONE_OPERATION_ROLLED_BACK",
    "Record rolled back because not all records were valid and the request was using AllOrNone header",
  );
  return result.created ? taken : { ...taken, id: result.id };
}

function chunksAtTheirLimit(call: RestCall, rows: readonly CollectionRow[]): Set<number> {
  const limited = new Set<number>();
  let start = 0;
  for (let end = 1; end <= rows.length; end++) {
    const object = rows[start]?.object;
    if (!object || rows[end]?.object === object) continue;
    if (call.org.faults.takeApexLimit(object.name, end - start)) {
      for (let position = start; position < end; position++) limited.add(position);
    }
    start = end;
  }
  return limited;
}

/** The row results of a save as the answer shows them; `created` only for upserts. */
export function collectionReply(
  call: RestCall,
  rows: readonly CollectionRow[],
  results: readonly SaveResult[],
  showsCreated: boolean,
): unknown[] {
  return results.map((result, position) => {
    const objectName = rows[position]?.object.name ?? "";
    if (!result.success) {
      call.org.stats.count(objectName, "failed");
      return { ...failedRow(result), ...(showsCreated ? { created: false } : {}) };
    }
    call.org.stats.count(objectName, result.created ? "created" : "updated");
    return {
      id: result.id,
      success: true,
      errors: [],
      ...(showsCreated ? { created: result.created } : {}),
    };
  });
}

/** A row that was not saved, as the answer shows it. */
export function failedRow({ id, errors }: FailedSave): JsonObject {
  return { ...(id === undefined ? {} : { id }), success: false, errors };
}
