import { convertAccount } from "./conversion";
import { fieldValues } from "./field-values";
import { insertDefaults, personDefaults } from "./insert-defaults";
import type { ParsedRow } from "./parse-row";
import { saveDraft } from "./save-draft";
import { failure, type SaveResult } from "./save-result";
import { storedValue } from "./stored-values";
import type { Writer } from "./writer";
import type { SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";
import type { Org } from "../org/org";

export type { SaveResult } from "./save-result";

/** Creates one row as this user. */
export function insertRow(org: Org, writer: Writer, object: SObject, parsed: ParsedRow): SaveResult {
  if (!object.model.createable) {
    return failure(
      "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
      `entity type cannot be inserted: ${object.model.label}`,
    );
  }
  if (parsed.id !== undefined) {
    return failure("INVALID_FIELD_FOR_INSERT_UPDATE", "cannot specify Id in an insert call", ["Id"]);
  }
  const values = fieldValues(org, parsed);
  if (!(values instanceof Map)) return { success: false, errors: [values] };
  const whole = org.schema.find(object.name) ?? object;
  const defaults = insertDefaults(org, writer, whole);
  const isPerson = object.name === "Account" && isPersonAfter(org, values, defaults);
  const after = { ...defaults, ...(isPerson ? personDefaults(whole) : {}) };
  return saveDraft(org, writer, { kind: "insert", object, before: undefined, isPerson, after, values });
}

/** Updates one row, by its 18-character id, as this user. */
export function updateRow(
  org: Org,
  writer: Writer,
  object: SObject,
  id: string,
  parsed: ParsedRow,
): SaveResult {
  const before = org.store.table(object).get(id);
  if (!before) return failure("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  if (before.IsDeleted) return failure("ENTITY_IS_DELETED", "entity is deleted");
  if (!object.model.updateable) {
    return failure(
      "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
      `entity type cannot be updated: ${object.model.label}`,
    );
  }
  const values = fieldValues(org, parsed);
  if (!(values instanceof Map)) return { success: false, errors: [values] };
  const isPerson = before.IsPersonAccount === true && object.name === "Account";
  if (object.name === "Account" && isPersonAfter(org, values, before) !== isPerson) {
    return convertAccount(org, writer, before, values);
  }
  return saveDraft(org, writer, { kind: "update", object, before, isPerson, after: { ...before }, values });
}

function isPersonAfter(org: Org, values: ReadonlyMap<FieldModel, Value>, otherwise: Row): boolean {
  for (const [field, value] of values) {
    if (field.name === "RecordTypeId") {
      const stored = storedValue(field, value, org.options.lineEnds);
      return org.isPersonRecordType(stored ?? otherwise.RecordTypeId);
    }
  }
  return org.isPersonRecordType(otherwise.RecordTypeId);
}
