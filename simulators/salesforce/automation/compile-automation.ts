import type { Automation, Setting, StoredAutomation, StoredFieldTrigger } from "./automation";
import type { Schema, SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import { compileCondition, compileFormula } from "../write/validations/compile-rule";

/**
 * Makes an automation that can run.
 * @throws Error with a sentence: unknown object or field, a field that nobody may write, a formula beyond our subset
 */
export function compileAutomation(schema: Schema, given: StoredAutomation): Automation {
  const object = schema.find(given.object);
  if (!object) throw new Error(`There is no object ${given.object}.`);
  const stored = { ...given, object: object.name };
  switch (stored.kind) {
    case "phone-formatter":
      refuseOtherThanPhones(object, stored.fields ?? []);
      return { kind: stored.kind, stored };
    case "field-trigger":
      return {
        kind: stored.kind,
        stored,
        when: stored.when === undefined ? undefined : compileCondition(schema, object, stored.when),
        settings: settings(schema, object, stored),
      };
    case "flow-error":
      return { kind: stored.kind, stored, when: compileCondition(schema, object, stored.when) };
  }
}

function refuseOtherThanPhones(object: SObject, names: readonly string[]): void {
  for (const name of names) {
    const field = fieldNamed(object, name);
    if (field.type !== "phone") throw new Error(`${object.name}.${field.name} is no phone field.`);
  }
}

function settings(schema: Schema, object: SObject, { set }: StoredFieldTrigger): Setting[] {
  return Object.entries(set).map(([name, given]) => {
    const field = fieldNamed(object, name);
    if (!field.updateable && !field.createable) {
      throw new Error(`Field ${field.name} of ${object.name} cannot be written.`);
    }
    if (typeof given !== "object" || given === null)
      return { fieldName: field.name, value: given, formula: undefined };
    const formula = compileFormula(schema, object, given.formula);
    return { fieldName: field.name, value: undefined, formula };
  });
}

function fieldNamed(object: SObject, name: string): FieldModel {
  const field = object.field(name);
  if (!field) throw new Error(`Field ${name} does not exist on ${object.name}.`);
  return field;
}
