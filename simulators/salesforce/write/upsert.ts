import { ambiguousKey } from "./field-values";
import type { ParsedRow } from "./parse-row";
import { insertRow, updateRow, type SaveResult } from "./save";
import { failure } from "./save-result";
import type { Writer } from "./writer";
import type { SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";
import type { Org } from "../org/org";

export type UpsertResult = SaveResult | { success: "ambiguous"; found: Row[] };

/** Live records whose key field holds this text. */
export function rowsWithKey(org: Org, object: SObject, key: FieldModel, text: string): Row[] {
  const value = keyValue(key, text);
  return value === undefined ? [] : org.store.table(object).byKey(key, value);
}

/**
 * Creates the row, or updates the one live record whose key field holds `text`.
 * Several matches change nothing and are handed back.
 */
export function upsertRow(
  org: Org,
  writer: Writer,
  object: SObject,
  key: FieldModel,
  text: string,
  parsed: ParsedRow,
): UpsertResult {
  const value = keyValue(key, text);
  if (value === undefined) {
    return failure("INVALID_TYPE_ON_FIELD_IN_RECORD", `${key.label}: value not of required type: ${text}`, [
      key.name,
    ]);
  }
  const found = org.store.table(object).byKey(key, value);
  const [match] = found;
  if (found.length > 1) return { success: "ambiguous", found };
  const values = new Map(parsed.values);
  values.delete(key);
  if (match) return updateRow(org, writer, object, String(match.Id), { ...parsed, values });
  return insertRow(org, writer, object, { ...parsed, values: values.set(key, value) });
}

/** The key as its field stores it: a number for number fields; undefined when it is none. */
function keyValue(key: FieldModel, text: string): Value | undefined {
  const trimmed = text.trim();
  if (key.type !== "double" && key.type !== "int") return trimmed;
  const number = Number(trimmed);
  return trimmed === "" || Number.isNaN(number) ? undefined : number;
}

/** An ambiguous upsert as the failure of one row of a Collections call. */
export function asRowResult(key: FieldModel, result: UpsertResult): SaveResult {
  return result.success === "ambiguous"
    ? { success: false, errors: [ambiguousKey(key, result.found)] }
    : result;
}
