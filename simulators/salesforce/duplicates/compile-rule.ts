import type { Match, StoredDuplicateRule } from "./duplicate-rule";
import type { Schema, SObject } from "../model/schema";
import type { Org } from "../org/org";

/**
 * Puts a duplicate rule into force.
 * @throws Error with a sentence: unknown object or field, or a rule without fields
 */
export function addDuplicateRule(org: Org, stored: StoredDuplicateRule): StoredDuplicateRule {
  const { object, matches } = compileMatches(org.schema, stored);
  const rule = { ...stored, object: object.name };
  org.duplicateRules.add(rule, matches, org.store.table(object));
  return rule;
}

/**
 * What a duplicate rule compares, with every field found.
 * @throws Error with a sentence: unknown object or field, or a rule without fields
 */
export function compileMatches(
  schema: Schema,
  stored: StoredDuplicateRule,
): { object: SObject; matches: Match[] } {
  const object = schema.find(stored.object);
  if (!object) throw new Error(`There is no object ${stored.object}.`);
  if (stored.match.length === 0) throw new Error("A duplicate rule compares at least one field.");
  const matches = stored.match.map(({ field: name, ...how }): Match => {
    const field = object.field(name);
    if (!field) throw new Error(`Field ${name} does not exist on ${object.name}.`);
    return { ...how, field: field.name, isPhone: field.type === "phone" };
  });
  return { object, matches };
}
