import type { Schema, SObject } from "../model/schema";
import type { FieldModel } from "../model/types";

/** A name in a formula: a field of the record, of a parent one lookup away, or of the user who saves. */
export type FormulaName =
  | { kind: "own"; field: FieldModel }
  | { kind: "parent"; lookup: FieldModel; parent: SObject; field: FieldModel }
  | { kind: "user"; field: FieldModel }
  | { kind: "profile"; lookup: FieldModel; profile: SObject; field: FieldModel };

/**
 * What a name in a formula of this object means.
 * @throws Error with a sentence for a name that the org does not have or that formulas here cannot reach
 */
export function resolveName(schema: Schema, object: SObject, name: string): FormulaName {
  const [first = "", second, ...rest] = name.split(".");
  if (rest.length > 0) throw new Error(`${name} goes over more than one lookup, which formulas here cannot.`);
  if (second === undefined) return { kind: "own", field: fieldOf(object, first) };
  if (first.startsWith("$")) return resolveGlobal(schema, first, second);
  const lookup = object.relationship(first);
  const parent = lookup && schema.find(lookup.referenceTo[0] ?? "");
  if (!lookup || !parent) throw new Error(`Relationship ${first} does not exist on ${object.name}.`);
  return { kind: "parent", lookup, parent, field: fieldOf(parent, second) };
}

function resolveGlobal(schema: Schema, variable: string, fieldName: string): FormulaName {
  const user = schema.standard("User");
  switch (variable.toLowerCase()) {
    case "$user":
      return { kind: "user", field: fieldOf(user, fieldName) };
    case "$profile": {
      const lookup = user.field("ProfileId");
      const profile = schema.find("Profile");
      if (!lookup || !profile) throw new Error("This org keeps no profiles, so $Profile cannot be used.");
      return { kind: "profile", lookup, profile, field: fieldOf(profile, fieldName) };
    }
    default:
      throw new Error(`${variable} cannot be used in formulas here.`);
  }
}

function fieldOf(object: SObject, name: string): FieldModel {
  const field = object.field(name);
  if (!field) throw new Error(`Field ${name} does not exist on ${object.name}.`);
  return field;
}
