import { drivingObjectSet, noSuchChildRelationship } from "./errors";
import type { ParsedQuery } from "./parse";
import type { Schema, SObject } from "../model/schema";

/**
 * The names that FROM gives, in lower case, and the paths they stand for; the empty path is the queried object. What
 * comes after the first object leads from it, or from a name given before, to a parent: `Contact c, c.Account a` (SOQL
 * reference, "Alias Notation").
 * @throws ApiError MALFORMED_QUERY for a second object, INVALID_TYPE for a relationship that there is not
 */
export function namesOfFrom(
  schema: Schema,
  object: SObject,
  { select, source, furtherSources }: ParsedQuery,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const reached = new Map<string, SObject>([[object.name.toLowerCase(), object]]);
  if (select.sObjectAlias) {
    names.set(select.sObjectAlias.toLowerCase(), "");
    reached.set(select.sObjectAlias.toLowerCase(), object);
  }
  for (const { path, alias } of furtherSources) {
    const [first = "", ...relationships] = path.split(".");
    let current = reached.get(first.toLowerCase());
    if (!current || relationships.length === 0) throw drivingObjectSet(source, path, object.name);
    for (const relationship of relationships) {
      current = parentOf(schema, current, relationship);
      if (!current) throw noSuchChildRelationship(source, relationship);
    }
    if (alias === undefined) continue;
    names.set(alias.toLowerCase(), path);
    reached.set(alias.toLowerCase(), current);
  }
  return names;
}

/** Of a lookup to several objects any of them, as a name for the lookup is all that is asked. */
function parentOf(schema: Schema, object: SObject, relationship: string): SObject | undefined {
  const targets = object.relationship(relationship)?.referenceTo ?? [];
  return targets.map((name) => schema.find(name)).find((target) => target !== undefined);
}
