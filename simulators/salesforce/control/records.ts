import { ControlError } from "./errors";
import { objectNamed } from "./find-object";
import { optionalText, textOf, type ControlRequest, type ControlRoute } from "./request";
import { ApiError } from "../http/errors";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import type { Org } from "../org/org";
import { normaliseId } from "../org/ids";
import { deleteRow } from "../write/delete";
import { parseRow } from "../write/parse-row";
import { insertRow, updateRow, type SaveResult } from "../write/save";
import { asRowResult, upsertRow } from "../write/upsert";
import { writerFor } from "../write/writer";

/** `/__control/records`: look into the tables, and edit them as a person of the org would. */
export const recordRoutes: ControlRoute[] = [
  { method: "GET", path: "/records", handle: list },
  { method: "POST", path: "/records", takes: ["object", "records", "externalId"], handle: save },
  { method: "DELETE", path: "/records", handle: remove },
];

/** Live rows of `?object=` with every field, the first of `?limit=`; `?deleted=true` adds the recycle bin. */
function list({ holder, query }: ControlRequest): unknown {
  const { org } = holder;
  const object = objectNamed(org, query.get("object") ?? "");
  const fields = object.model.fields.filter((field) => field.type !== "address");
  const limit = Number(query.get("limit") ?? Infinity);
  if (!(limit >= 0)) throw new ControlError('"limit" must be a number of records.');
  const rows = [...org.store.table(object).all()].filter(
    (row) => query.get("deleted") === "true" || !row.IsDeleted,
  );
  const records = rows
    .slice(0, limit)
    .map((row) => Object.fromEntries(fields.map((field) => [field.name, row[field.name] ?? null])));
  return { object: object.name, count: rows.length, records };
}

/**
 * Saves `records` of `object` as the org's admin user, under the rules of the org, without counting an API call.
 * A record with Id is updated; with `externalId` naming a key field it is upserted; else it is created.
 */
function save({ holder, body }: ControlRequest): unknown {
  const { org } = holder;
  const object = objectNamed(org, textOf(body, "object"));
  const keyName = optionalText(body, "externalId");
  const key = keyName === undefined ? undefined : object.field(keyName);
  if (keyName !== undefined && !key?.externalId) throw new ControlError(`${keyName} is no external id.`);
  if (!Array.isArray(body.records)) throw new ControlError('"records" must be an array.');
  const results = body.records.map((record: unknown) => saveOne(org, object, key, record));
  return {
    results: results.map((result) =>
      result.success ? { ...result, errors: [] } : { success: false, errors: result.errors },
    ),
  };
}

function saveOne(org: Org, object: SObject, key: FieldModel | undefined, record: unknown): SaveResult {
  if (typeof record !== "object" || record === null) throw new ControlError("A record must be an object.");
  const writer = writerFor(org, org.setup.adminUserId);
  try {
    const parsed = parseRow(org.schema, object, { ...record }, JSON.stringify(record));
    if (parsed.id !== undefined) {
      const id = normaliseId(parsed.id) ?? parsed.id;
      return updateRow(org, writer, object, id, { ...parsed, id: undefined });
    }
    const keyValue = key && parsed.values.get(key);
    if (key && typeof keyValue === "string") {
      return asRowResult(key, upsertRow(org, writer, object, key, keyValue, parsed));
    }
    return insertRow(org, writer, object, parsed);
  } catch (error) {
    if (error instanceof ApiError) throw new ControlError(`${error.errorCode}: ${error.message}`);
    throw error;
  }
}

/** Deletes the record with `?object=&id=`, as the org's admin user. */
function remove({ holder, query }: ControlRequest): unknown {
  const { org } = holder;
  const object = objectNamed(org, query.get("object") ?? "");
  const result = deleteRow(
    org,
    writerFor(org, org.setup.adminUserId),
    object,
    normaliseId(query.get("id") ?? "") ?? "",
  );
  return result;
}
