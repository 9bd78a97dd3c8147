import type { ParsedRow } from "./parse-row";
import { ambiguousKey, insertRow, updateRow, type SaveResult } from "./save";
import type { Writer } from "./writer";
import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";
import type { Org } from "../org/org";

export type UpsertResult = SaveResult | { success: "ambiguous"; found: Row[] };

/**
 * Creates the row, or updates the one live record whose key field holds `value`.
 * Several matches change nothing and are handed back.
 */
export function upsertRow(
  org: Org,
  writer: Writer,
  object: SObject,
  key: FieldModel,
  value: string,
  parsed: ParsedRow,
): UpsertResult {
  const found = org.store.table(object).byKey(key, value.trim());
  const [match] = found;
  if (found.length > 1) return { success: "ambiguous", found };
  if (match) {
    const values = new Map(parsed.values);
    values.delete(key);
    return updateRow(org, writer, object, String(match.Id), { ...parsed, values });
  }
  const values = new Map(parsed.values).set(key, value);
  return insertRow(org, writer, object, { ...parsed, values });
}

/** An ambiguous upsert as the failure of one row of a Collections call. */
export function asRowResult(key: FieldModel, result: UpsertResult): SaveResult {
  return result.success === "ambiguous"
    ? { success: false, errors: [ambiguousKey(key, result.found)] }
    : result;
}
