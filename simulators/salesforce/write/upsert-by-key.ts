import type { ParsedRow } from "./parse-row";
import { failure, type SaveResult } from "./save-result";
import { asRowResult, upsertRow } from "./upsert";
import type { Writer } from "./writer";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import type { Org } from "../org/org";
import { keyOf } from "../org/table";

/** The form in which two rows of one call have the same key; undefined for a row without one. */
export function keyIdentity(key: FieldModel, parsed: ParsedRow): string | undefined {
  const text = keyText(key, parsed);
  return text === undefined ? undefined : keyOf(key, text);
}

/**
 * Upserts one of several rows, whose key stands among its values. A row without the key, one with an Id too, and every
 * row whose key another row of the call carries is refused.
 */
export function upsertByKey(
  org: Org,
  writer: Writer,
  object: SObject,
  key: FieldModel,
  parsed: ParsedRow,
  isRepeated: boolean,
): SaveResult {
  const text = keyText(key, parsed);
  if (text === undefined) return failure("MISSING_ARGUMENT", `${key.name} not specified`);
  if (parsed.id !== undefined) {
    return failure(
      "INVALID_FIELD",
      `cannot specify both Id and the external id field ${key.name} in an upsert call`,
      ["Id"],
    );
  }
  if (isRepeated) return failure("DUPLICATE_VALUE", `Duplicate external id specified: ${text}`, [key.name]);
  return asRowResult(key, upsertRow(org, writer, object, key, text, parsed));
}

function keyText(key: FieldModel, parsed: ParsedRow): string | undefined {
  const text = String(parsed.values.get(key) ?? "").trim();
  return text === "" ? undefined : text;
}
