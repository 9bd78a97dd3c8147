import { readJsonValue } from "./json-values";
import { unreadableValue, UnreadableValue } from "./unreadable-value";
import { ApiError, type RowError } from "../http/errors";
import type { Schema, SObject } from "../model/schema";
import type { FieldModel, Value } from "../model/types";

/** A lookup given by a key of the parent: `Account__r: { SyncId__c: "…" }`. */
export interface ParentKey {
  /** The lookup field to fill. */
  field: FieldModel;
  relationshipName: string;
  parent: SObject;
  parentField: FieldModel;
  value: string;
}

/** One row of a request after its names and JSON types were found good; nothing is looked up yet. */
export interface ParsedRow {
  values: Map<FieldModel, Value>;
  parentKeys: ParentKey[];
  /** The Id given in the row, as text. */
  id: string | undefined;
}

/**
 * Reads one JSON row. `attributes` is left out; names are case-insensitive.
 * @throws ApiError INVALID_FIELD for an unknown name, JSON_PARSER_ERROR for a wrong JSON type
 */
export function parseRow(
  schema: Schema,
  object: SObject,
  input: Readonly<Record<string, unknown>>,
  bodyText: string,
): ParsedRow {
  const parsed = emptyRow();
  for (const [name, raw] of Object.entries(input)) readMember(schema, object, name, raw, bodyText, parsed);
  return parsed;
}

/**
 * Reads one row of several that do not share its fate: a wrong JSON type is the error of the row.
 * @throws ApiError INVALID_FIELD for an unknown name, which ends the whole request
 */
export function parseRowOfMany(
  schema: Schema,
  object: SObject,
  input: Readonly<Record<string, unknown>>,
): ParsedRow | RowError {
  const parsed = emptyRow();
  let unreadable: RowError | undefined;
  for (const [name, raw] of Object.entries(input)) {
    try {
      readMember(schema, object, name, raw, "", parsed);
    } catch (error) {
      if (!(error instanceof UnreadableValue)) throw error;
      unreadable ??= error.ofRow();
    }
  }
  return unreadable ?? parsed;
}

function emptyRow(): ParsedRow {
  return { values: new Map(), parentKeys: [], id: undefined };
}

function readMember(
  schema: Schema,
  object: SObject,
  name: string,
  raw: unknown,
  bodyText: string,
  parsed: ParsedRow,
): void {
  if (name === "attributes") return;
  const field = object.field(name);
  if (field?.type === "id") {
    parsed.id = raw === null ? undefined : String(readJsonValue(field, raw, bodyText));
  } else if (field) {
    parsed.values.set(field, readJsonValue(field, raw, bodyText));
  } else {
    readParent(schema, object, name, raw, bodyText, parsed);
  }
}

function readParent(
  schema: Schema,
  object: SObject,
  name: string,
  raw: unknown,
  bodyText: string,
  parsed: ParsedRow,
): void {
  const field = object.relationship(name);
  const parent = field && schema.find(targetName(field, raw));
  if (!field || !parent) {
    throw new ApiError(400, "INVALID_FIELD", `No such column '${name}' on sobject of type ${object.name}`);
  }
  if (raw === null) {
    parsed.values.set(field, null);
    return;
  }
  if (typeof raw !== "object" || Array.isArray(raw)) {
    throw unreadableValue(parent.name, raw, bodyText);
  }
  const keys = Object.entries(raw).filter(([key]) => key !== "attributes");
  const [key] = keys;
  if (!key || keys.length > 1) {
    throw new ApiError(
      400,
      "INVALID_FIELD",
      `The ${name} relationship must be given by exactly one external ID field of ${parent.name}`,
    );
  }
  parsed.parentKeys.push(readParentKey(field, name, parent, key, bodyText));
}

/** The object that a lookup given by key means: its only one, or the one that `attributes.type` names. */
function targetName({ referenceTo }: FieldModel, raw: unknown): string {
  const attributes =
    typeof raw === "object" && raw !== null && "attributes" in raw ? raw.attributes : undefined;
  const type =
    typeof attributes === "object" && attributes !== null && "type" in attributes && attributes.type;
  const named = referenceTo.find((name) => name.toLowerCase() === String(type).toLowerCase());
  return named ?? referenceTo[0] ?? "";
}

function readParentKey(
  field: FieldModel,
  relationshipName: string,
  parent: SObject,
  [keyName, keyValue]: [string, unknown],
  bodyText: string,
): ParentKey {
  const parentField = parent.field(keyName);
  if (!parentField) {
    throw new ApiError(400, "INVALID_FIELD", `No such column '${keyName}' on sobject of type ${parent.name}`);
  }
  if (!parentField.externalId && !parentField.idLookup) {
    throw new ApiError(
      400,
      "INVALID_FIELD",
      `Field name provided, ${keyName} is not an External ID or indexed field for ${parent.name}`,
    );
  }
  const value = readJsonValue(parentField, keyValue, bodyText);
  return { field, relationshipName, parent, parentField, value: value === null ? "" : String(value) };
}
