import { readJsonValue } from "./json-values";
import { ApiError } from "../http/errors";
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
 * @throws ApiError INVALID_FIELD for an unknown name, JSON_PARSER_ERROR for a wrong JSON type; both end the
 * whole request, as the REST API deserialises every row before it saves one.
 */
export function parseRow(
  schema: Schema,
  object: SObject,
  input: Readonly<Record<string, unknown>>,
  bodyText: string,
): ParsedRow {
  const parsed: ParsedRow = { values: new Map(), parentKeys: [], id: undefined };
  for (const [name, raw] of Object.entries(input)) {
    if (name === "attributes") continue;
    const field = object.field(name);
    if (field?.type === "id") {
      parsed.id = raw === null ? undefined : String(readJsonValue(field, raw, bodyText));
    } else if (field) {
      parsed.values.set(field, readJsonValue(field, raw, bodyText));
    } else {
      readParent(schema, object, name, raw, bodyText, parsed);
    }
  }
  return parsed;
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
    throw new ApiError(
      400,
      "JSON_PARSER_ERROR",
      `Cannot deserialize instance of ${parent.name} from ${typeof raw === "object" ? "START_ARRAY" : "VALUE"} value`,
    );
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
