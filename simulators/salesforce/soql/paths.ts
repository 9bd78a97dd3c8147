import { noSuchColumn, noSuchRelationship } from "./errors";
import type { SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";
import type { Org } from "../org/org";

/** A field reached from the queried object: over these lookups, then this field. */
export interface FieldPath {
  lookups: { field: FieldModel; relationshipName: string; target: SObject }[];
  object: SObject;
  field: FieldModel;
}

const MAX_LOOKUPS = 5;

/**
 * Resolves `Account.Owner.Name` from an object; a leading object name or alias is allowed.
 * @throws ApiError INVALID_FIELD
 */
export function resolvePath(
  org: Org,
  from: SObject,
  path: string,
  query: string,
  alias: string | undefined,
): FieldPath {
  const parts = path.split(".");
  const first = parts[0] ?? "";
  const isSelf = [from.name, alias].some((name) => name?.toLowerCase() === first.toLowerCase());
  if (parts.length > 1 && isSelf && !from.relationship(first)) parts.shift();
  const name = parts.pop() ?? "";
  const lookups: FieldPath["lookups"] = [];
  let object = from;
  for (const relationship of parts) {
    const field = object.relationship(relationship);
    const target = field && org.schema.find(field.referenceTo[0] ?? "");
    if (!field?.relationshipName || !target || lookups.length === MAX_LOOKUPS) {
      throw noSuchRelationship(query, path, relationship);
    }
    lookups.push({ field, relationshipName: field.relationshipName, target });
    object = target;
  }
  const field = object.field(name);
  if (!field) throw noSuchColumn(query, path, object.name);
  return { lookups, object, field };
}

/** The row at the end of a path's lookups; undefined when one of them is empty or its record is deleted. */
export function parentRow(org: Org, row: Row, lookups: FieldPath["lookups"]): Row | undefined {
  let current: Row | undefined = row;
  for (const { field, target } of lookups) {
    const id: Value | undefined = current[field.name];
    current = typeof id === "string" ? org.store.table(target).get(id) : undefined;
    if (!current || current.IsDeleted) return undefined;
  }
  return current;
}

export function pathValue(org: Org, row: Row, path: FieldPath): Value {
  return parentRow(org, row, path.lookups)?.[path.field.name] ?? null;
}
