import type { Automation, Setting, StoredAutomation, StoredFieldTrigger } from "./automation";
import type { Schema, SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import { compileFormula } from "../write/validations/compile-rule";

/**
 * Makes an automation that can run.
 * @throws Error with a sentence: unknown object or field, a field that nobody may write, a formula beyond our subset
 */
export function compileAutomation(schema: Schema, stored: StoredAutomation): Automation {
  const object = schema.find(stored.object);
  if (!object) throw new Error(`There is no object ${stored.object}.`);
  switch (stored.kind) {
    case "phone-formatter":
      return { kind: stored.kind, stored, phoneFields: phoneFields(object, stored.fields) };
    case "field-trigger":
      return {
        kind: stored.kind,
        stored,
        when: stored.when === undefined ? undefined : compileFormula(schema, object, stored.when),
        settings: settings(schema, object, stored),
      };
    case "flow-error":
      return { kind: stored.kind, stored, when: compileFormula(schema, object, stored.when) };
  }
}

function phoneFields(object: SObject, names: readonly string[] | undefined): FieldModel[] {
  if (!names) return object.model.fields.filter((field) => field.type === "phone");
  return names.map((name) => {
    const field = fieldNamed(object, name);
    if (field.type !== "phone") throw new Error(`${object.name}.${field.name} is no phone field.`);
    return field;
  });
}

function settings(schema: Schema, object: SObject, { set }: StoredFieldTrigger): Setting[] {
  return Object.entries(set).map(([name, given]) => {
    const field = fieldNamed(object, name);
    if (!field.updateable && !field.createable) {
      throw new Error(`Field ${field.name} of ${object.name} cannot be written.`);
    }
    if (typeof given !== "object" || given === null) return { field, value: given, formula: undefined };
    return { field, value: undefined, formula: compileFormula(schema, object, given.formula) };
  });
}

function fieldNamed(object: SObject, name: string): FieldModel {
  const field = object.field(name);
  if (!field) throw new Error(`Field ${name} does not exist on ${object.name}.`);
  return field;
}
