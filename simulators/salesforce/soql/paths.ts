import type { QueryContext } from "./context";
import { noSuchColumn, noSuchRelationship, plainError } from "./errors";
import { nameObject, NAME_OBJECT } from "./polymorphic";
import type { Clause } from "./source";
import type { SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";

export interface Lookup {
  readonly field: FieldModel;
  readonly relationshipName: string;
  /** The parent's object; for a lookup to several objects the fields that they share. */
  readonly target: SObject;
}

/** A field reached from the queried object: over these lookups, then this field. */
export interface FieldPath {
  readonly lookups: readonly Lookup[];
  readonly object: SObject;
  readonly field: FieldModel;
  /** The path in the names of the schema, `Account.Owner.Name`. */
  readonly name: string;
}

const MAX_LOOKUPS = 5;
const MAX_PARENTS = 55;

/**
 * Resolves `Account.Owner.Name` from the queried object; a leading object name or a name from FROM is allowed.
 * @throws ApiError INVALID_FIELD
 */
export function resolvePath(context: QueryContext, path: string, clause: Clause): FieldPath {
  const parts = ownParts(context, path);
  const name = parts.pop() ?? "";
  const lookups = resolveLookups(context, path, parts, clause);
  const object = lookups.at(-1)?.target ?? context.object;
  const field = object.field(name);
  if (!field) throw noSuchColumn(context.source, path, clause, name, object.name);
  const names = [...lookups.map(({ relationshipName }) => relationshipName), field.name];
  return { lookups, object, field, name: names.join(".") };
}

/** The lookups of a path that ends with a relationship, such as `Owner` of TYPEOF. @throws ApiError INVALID_FIELD */
export function resolveRelationship(context: QueryContext, path: string, clause: Clause): Lookup[] {
  return resolveLookups(context, path, ownParts(context, path), clause);
}

function resolveLookups(
  context: QueryContext,
  path: string,
  relationships: readonly string[],
  clause: Clause,
): Lookup[] {
  const lookups: Lookup[] = [];
  let object = context.object;
  let used = context.object.name;
  for (const relationship of relationships) {
    const lookup = lookupOf(context, object, relationship);
    if (!lookup || lookups.length === MAX_LOOKUPS) {
      throw noSuchRelationship(context.source, path, clause, relationship);
    }
    lookups.push(lookup);
    object = lookup.target;
    used += `.${lookup.relationshipName}`;
    context.used.parents.add(used);
  }
  if (context.used.parents.size > MAX_PARENTS) {
    throw plainError(
      "MALFORMED_QUERY",
      `A query may use at most ${String(MAX_PARENTS)} child-to-parent relationships.`,
    );
  }
  return lookups;
}

function lookupOf(context: QueryContext, object: SObject, relationship: string): Lookup | undefined {
  const field = object.relationship(relationship);
  if (!field?.relationshipName) return undefined;
  const targets = field.referenceTo.map((name) => context.schema.find(name)).filter((target) => !!target);
  const target = targets.length > 1 ? nameObject(targets) : targets[0];
  return target && { field, relationshipName: field.relationshipName, target };
}

/** The parts of a path below the queried object: names from FROM put in full, the object's own name left out. */
function ownParts({ object, aliases }: QueryContext, path: string): string[] {
  let parts = path.split(".");
  for (let turn = 0; turn < aliases.size; turn++) {
    const stands = aliases.get(parts[0]?.toLowerCase() ?? "");
    if (!stands) break;
    parts = [...stands.split("."), ...parts.slice(1)];
  }
  const first = parts[0]?.toLowerCase() ?? "";
  const isSelf = first === object.name.toLowerCase() || aliases.get(first) === "";
  if (parts.length > 1 && isSelf && !object.relationship(first)) parts.shift();
  return parts;
}

/** The row at the end of a path's lookups; undefined when one of them is empty or its record is deleted. */
export function parentRow(context: QueryContext, row: Row, lookups: readonly Lookup[]): Row | undefined {
  let current: Row | undefined = row;
  for (const { field, target } of lookups) {
    const id: Value | undefined = current[field.name];
    if (typeof id !== "string") return undefined;
    current = target.name === NAME_OBJECT ? typedRow(context, id) : context.org.store.table(target).get(id);
    if (!current || current.IsDeleted) return undefined;
  }
  return current;
}

function typedRow({ org, schema }: QueryContext, id: string): Row | undefined {
  const object = schema.ofId(id);
  const row = object && org.store.table(object).get(id);
  return row && { ...row, Type: object.name };
}

/** Reads a path's value from a row of the queried object; false for a checkbox of a parent that is not there. */
export function pathReader(context: QueryContext, path: FieldPath): (row: Row) => Value {
  const { lookups, field } = path;
  const { name } = field;
  const empty = field.type === "boolean" ? false : null;
  if (lookups.length === 0) return (row) => row[name] ?? empty;
  return (row) => parentRow(context, row, lookups)?.[name] ?? empty;
}
