import { hardDeleteRow } from "./hard-delete";
import type { IngestOperation } from "./job";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import { normaliseId } from "../org/ids";
import type { Org } from "../org/org";
import { deleteRow } from "../write/delete";
import type { ParsedRow } from "../write/parse-row";
import { insertRow, updateRow } from "../write/save";
import { failure, type SaveResult } from "../write/save-result";
import { keyIdentity, upsertByKey } from "../write/upsert-by-key";
import type { Writer } from "../write/writer";

/** What the records of a job are saved as. */
export interface Target {
  org: Org;
  writer: Writer;
  object: SObject;
  operation: IngestOperation;
  /** The key of an upsert. */
  key: FieldModel | undefined;
}

/** What tells that two records of a chunk are about the same row: the Id or the key; undefined when there is none. */
export function identity({ operation, key }: Target, parsed: ParsedRow): string | undefined {
  if (operation === "insert") return undefined;
  if (operation !== "upsert" || key?.type === "id") return parsed.id && (normaliseId(parsed.id) ?? parsed.id);
  return key && keyIdentity(key, parsed);
}

/** Saves or deletes one record; `isRepeated` when another one of its chunk is about the same row. */
export function saveRecord(target: Target, parsed: ParsedRow, isRepeated: boolean): SaveResult {
  const { org, writer, object, operation, key } = target;
  switch (operation) {
    case "insert":
      return insertRow(org, writer, object, parsed);
    case "update":
      return withId(target, parsed, isRepeated, (id) => updateRow(org, writer, object, id, parsed));
    case "delete":
      return withId(target, parsed, isRepeated, (id) => deleteRow(org, writer, object, id));
    case "hardDelete":
      return withId(target, parsed, isRepeated, (id) => hardDeleteRow(org, writer, object, id));
    case "upsert":
      return key && key.type !== "id"
        ? upsertByKey(org, writer, object, key, parsed, isRepeated)
        : upsertById(target, parsed, isRepeated);
  }
}

function upsertById(target: Target, parsed: ParsedRow, isRepeated: boolean): SaveResult {
  const { org, writer, object } = target;
  if (parsed.id === undefined) return insertRow(org, writer, object, parsed);
  return withId(target, parsed, isRepeated, (id) => updateRow(org, writer, object, id, parsed));
}

function withId(
  { object, operation }: Target,
  parsed: ParsedRow,
  isRepeated: boolean,
  save: (id: string) => SaveResult,
): SaveResult {
  if (parsed.id === undefined) {
    const call = operation === "hardDelete" ? "delete" : operation;
    return failure(
      "MISSING_ARGUMENT",
      `Id not specified in ${/^[aeiou]/.test(call) ? "an" : "a"} ${call} call`,
    );
  }
  const id = normaliseId(parsed.id);
  if (id === undefined || !id.startsWith(object.model.keyPrefix)) {
    const message = `${object.model.label} ID: id value of incorrect type: ${parsed.id}`;
    return failure("MALFORMED_ID", message, ["Id"]);
  }
  if (isRepeated) return failure("DUPLICATE_VALUE", `Duplicate id specified: ${parsed.id}`, ["Id"]);
  return save(id);
}
