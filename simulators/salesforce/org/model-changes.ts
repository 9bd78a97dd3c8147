import { isDeepStrictEqual } from "node:util";
import { Schema, type OrgShape } from "../model/schema";
import type { FieldModel, ObjectModel } from "../model/types";

/** How an org's objects differ from those that an org of its shape starts with. */
export interface ModelChanges {
  /** Objects that were added, whole. */
  added: ObjectModel[];
  /** Names of objects that were taken away. */
  removed: string[];
  changed: ObjectChange[];
}

interface ObjectChange {
  name: string;
  label: string;
  labelPlural: string;
  /** Fields that were added, or are not as they were. */
  fields: FieldModel[];
  removedFields: string[];
}

/**
 * What a state file has to keep of the schema. Only what differs, so that the objects themselves may grow with a later
 * version of the simulator.
 */
export function modelChanges(schema: Schema): ModelChanges {
  const first = new Schema(schema.shape);
  const added: ObjectModel[] = [];
  const changed: ObjectChange[] = [];
  for (const { name, model } of schema.objects) {
    const before = first.find(name)?.model;
    if (!before) added.push(model);
    else if (!isDeepStrictEqual(before, model)) changed.push(objectChange(before, model));
  }
  const removed = first.objects.map(({ name }) => name).filter((name) => !schema.find(name));
  return { added, removed, changed };
}

function objectChange(before: ObjectModel, after: ObjectModel): ObjectChange {
  const known = new Map(before.fields.map((field) => [field.name, field]));
  const names = new Set(after.fields.map(({ name }) => name));
  return {
    name: after.name,
    label: after.label,
    labelPlural: after.labelPlural,
    fields: after.fields.filter((field) => !isDeepStrictEqual(known.get(field.name), field)),
    removedFields: before.fields.map(({ name }) => name).filter((name) => !names.has(name)),
  };
}

/** The models to define, and the objects to take away, so that a new org of this shape has these changes. */
export function changedModels(
  shape: OrgShape,
  changes: ModelChanges,
): { models: ObjectModel[]; removed: string[] } {
  const first = new Schema(shape);
  const models = [...changes.added];
  for (const change of changes.changed) {
    const before = first.find(change.name)?.model;
    if (before) models.push(withChange(before, change));
  }
  return { models, removed: changes.removed };
}

function withChange(before: ObjectModel, change: ObjectChange): ObjectModel {
  const given = new Map(change.fields.map((field) => [field.name, field]));
  const kept = before.fields
    .filter(({ name }) => !change.removedFields.includes(name))
    .map((field) => {
      const replacement = given.get(field.name);
      given.delete(field.name);
      return replacement ?? field;
    });
  const { label, labelPlural } = change;
  return { ...before, label, labelPlural, fields: [...kept, ...given.values()] };
}
