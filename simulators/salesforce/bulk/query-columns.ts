import type { Schema, SObject } from "../model/schema";
import type { FieldModel } from "../model/types";

/** A column of a query's results. */
export interface QueryColumn {
  /** As in the header: `Account.Name`. */
  name: string;
  /** The properties that lead to the value in an answered record. */
  path: readonly string[];
  /** Undefined for what a function gives under a name of its own. */
  field: FieldModel | undefined;
}

/** The first version that keeps the order of SELECT; before, columns stood by name (guide, "Get Results for a Query Job"). */
const ORDERED_SINCE = 50;

/** The columns of results, by the names that the query gave them; compound ones, of FIELDS(STANDARD), are left out. */
export function columnsOf(
  schema: Schema,
  objectName: string,
  names: readonly string[],
  version: number,
): QueryColumn[] {
  const object = schema.find(objectName);
  const columns = names
    .map((name): QueryColumn => {
      const path = name.split(".");
      return { name, path, field: object && fieldAt(schema, object, path) };
    })
    .filter(({ field }) => field?.type !== "address");
  return version < ORDERED_SINCE ? columns.sort((a, b) => (a.name < b.name ? -1 : 1)) : columns;
}

function fieldAt(schema: Schema, object: SObject, path: readonly string[]): FieldModel | undefined {
  const [name = "", ...rest] = path;
  if (rest.length === 0) return object.field(name);
  for (const target of object.relationship(name)?.referenceTo ?? []) {
    const parent = schema.find(target);
    const found = parent && fieldAt(schema, parent, rest);
    if (found) return found;
  }
  return undefined;
}
