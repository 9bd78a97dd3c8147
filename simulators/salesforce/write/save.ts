import type { Change } from "./change";
import { personName } from "./names";
import type { ParsedRow } from "./parse-row";
import { mirrorToAccount, mirrorToContact } from "./person-account";
import { storedValue } from "./stored-values";
import { validate } from "./validate";
import type { Writer } from "./writer";
import { rowError, type RowError } from "../http/errors";
import type { SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import type { Org } from "../org/org";

export type SaveResult =
  { success: true; id: string; created: boolean } | { success: false; errors: RowError[] };

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
  const defaults = insertDefaults(org, writer, object);
  const isPerson = object.name === "Account" && isPersonAfter(org, values, defaults);
  const after: Record<string, Value> = { ...defaults, ...(isPerson ? personDefaults(object) : {}) };
  return save(org, writer, { kind: "insert", object, before: undefined, isPerson }, after, values);
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
    return failure(
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      "The simulated org does not convert between business and person accounts",
      ["RecordTypeId"],
    );
  }
  return save(org, writer, { kind: "update", object, before, isPerson }, { ...before }, values);
}

function save(
  org: Org,
  writer: Writer,
  about: Omit<Change, "after" | "given">,
  after: Record<string, Value>,
  values: ReadonlyMap<FieldModel, Value>,
): SaveResult {
  const { object } = about;
  for (const [field, value] of values) {
    const stored = storedValue(field, value, org.options.lineEnds);
    const keepsDefault = about.kind === "insert" && field.defaultedOnCreate && field.type !== "boolean";
    if (stored !== null) after[field.name] = stored;
    else if (!keepsDefault) delete after[field.name];
  }
  const change: Change = { ...about, after, given: new Set(values.keys()) };
  const errors = validate(change, org);
  if (errors.length > 0) return { success: false, errors };
  const isCreated = about.kind === "insert";
  const id = isCreated ? org.ids.next(object.model.keyPrefix) : String(after.Id);
  if (org.faults.takeRowLock(object.name, () => Object.values(after))) {
    return failure(
      "UNABLE_TO_LOCK_ROW",
      `unable to obtain exclusive access to this record or 1 records: ${id}`,
    );
  }
  write(org, writer, change, { ...after, Id: id });
  return { success: true, id, created: isCreated };
}

function write(org: Org, { userId }: Writer, change: Change, row: Record<string, Value>): void {
  const at = salesforceDateTime(org.now());
  Object.assign(row, { LastModifiedDate: at, LastModifiedById: userId, SystemModstamp: at });
  if (change.kind === "insert") Object.assign(row, { CreatedDate: at, CreatedById: userId });
  if (change.isPerson || change.object.name === "Contact") row.Name = personName(row);
  else if (change.object.model.custom) row.Name ??= row.Id ?? null;
  if (change.isPerson && change.kind === "insert") row.PersonContactId = org.ids.next("003");
  org.store.put(change.object, row);
  if (change.isPerson) mirrorToContact(org, row);
  else if (change.object.name === "Contact" && row.IsPersonAccount === true) mirrorToAccount(org, row);
}

/** The values of the row with lookups by parent key resolved, or the error of the first that cannot be. */
function fieldValues(org: Org, parsed: ParsedRow): Map<FieldModel, Value> | RowError {
  const values = new Map(parsed.values);
  for (const { field, relationshipName, parent, parentField, value } of parsed.parentKeys) {
    if (values.has(field)) {
      return rowError(
        "INVALID_FIELD",
        `Cannot specify both an external ID reference ${relationshipName} and a salesforce id, ${field.name}`,
        [field.name],
      );
    }
    const found = org.store.table(parent).byKey(parentField, value.trim());
    const [match] = found;
    if (!match) {
      return rowError(
        "INVALID_FIELD",
        `Foreign key external ID: ${value} not found for field ${parentField.name} in entity ${parent.name}`,
      );
    }
    if (found.length > 1) return ambiguousKey(parentField, found);
    values.set(field, match.Id ?? null);
  }
  return values;
}

/** The error of a key that several records hold. */
export function ambiguousKey(field: FieldModel, found: readonly Row[]): RowError {
  const ids = found.map((row) => String(row.Id)).join(", ");
  return rowError(
    "DUPLICATE_EXTERNAL_ID",
    `${field.name}: more than one record found for external id field: [${ids}]`,
    [field.name],
  );
}

function insertDefaults(org: Org, { userId }: Writer, shown: SObject): Record<string, Value> {
  const object = org.schema.find(shown.name) ?? shown;
  const row: Record<string, Value> = { IsDeleted: false };
  for (const field of object.model.fields) {
    if (field.type === "boolean" && !field.mirrors) row[field.name] = false;
  }
  if (object.field("OwnerId")) row.OwnerId = userId;
  const recordType = object.model.recordTypes.find((type) => type.isDefault);
  if (recordType) row.RecordTypeId = org.recordTypeId(object.name, recordType.developerName) ?? null;
  return row;
}

function personDefaults(account: SObject): Record<string, Value> {
  const row: Record<string, Value> = { IsPersonAccount: true };
  for (const field of account.model.fields) {
    if (field.type === "boolean" && field.mirrors) row[field.name] = false;
  }
  return row;
}

function isPersonAfter(org: Org, values: ReadonlyMap<FieldModel, Value>, otherwise: Row): boolean {
  for (const [field, value] of values) {
    if (field.name === "RecordTypeId") {
      return org.isPersonRecordType(storedValue(field, value, org.options.lineEnds));
    }
  }
  return org.isPersonRecordType(otherwise.RecordTypeId);
}

function failure(statusCode: string, message: string, fields: string[] = []): SaveResult {
  return { success: false, errors: [rowError(statusCode, message, fields)] };
}
