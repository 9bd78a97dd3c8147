import { fieldsOf, parseFormula } from "../formula/parse";
import { BASE62 } from "./base-62";
import { activityFields, auditFields, isDeleted, owner } from "./common-fields";
import { withCurrency } from "./currencies";
import { CustomFieldProblem } from "./custom-field-problem";
import { autoNumber, recordId, text } from "./field-builders";
import { RECORD_OBJECT } from "./record-object";
import type { FieldModel, ObjectModel } from "./types";

export { customField, isCustomFieldType, type CustomFieldSpec, type CustomFieldType } from "./custom-field";
export { CustomFieldProblem } from "./custom-field-problem";
export { personFieldOf } from "./person-account-fields";

/** An object as the Metadata API describes it (Metadata API developer guide, "CustomObject"). */
export interface CustomObjectSpec {
  /** With the suffix, and the namespace if there is one: `SecutixSale__c`. */
  name: string;
  label: string;
  pluralLabel: string;
  nameField:
    | { type: "Text"; label: string }
    | { type: "AutoNumber"; label: string; displayFormat: string; startingNumber?: number };
  /** First three characters of its record ids; see `nextCustomKeyPrefix`. */
  keyPrefix: string;
}

const NAME_LENGTH = 80;
const NAME = { nameField: true, idLookup: true, defaultedOnCreate: true };

/**
 * Builds a custom object with the fields that every custom object has; further ones come with `withCustomFields`.
 * @param multiCurrency whether the org has several currencies
 */
export function customObject(
  spec: CustomObjectSpec,
  { multiCurrency }: { multiCurrency: boolean },
): ObjectModel {
  const model: ObjectModel = {
    name: spec.name,
    label: spec.label,
    labelPlural: spec.pluralLabel,
    keyPrefix: spec.keyPrefix,
    ...RECORD_OBJECT,
    custom: true,
    fields: [
      recordId("Record ID"),
      owner(),
      isDeleted(),
      nameField(spec.nameField),
      ...auditFields(),
      ...activityFields(),
    ],
  };
  return multiCurrency ? withCurrency(model) : model;
}

function nameField(spec: CustomObjectSpec["nameField"]): FieldModel {
  if (spec.type === "Text") return text("Name", spec.label, NAME_LENGTH, NAME);
  const numbering = { format: spec.displayFormat, startingNumber: spec.startingNumber ?? 1 };
  return autoNumber("Name", spec.label, numbering, { length: NAME_LENGTH, ...NAME });
}

/**
 * The object with these fields, each in place of the one of its name or at the end. The owner goes where a master
 * record decides who may see the detail.
 * @throws CustomFieldProblem when a formula names a field that the object does not have, or reads itself
 */
export function withCustomFields(model: ObjectModel, fields: readonly FieldModel[]): ObjectModel {
  const given = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  const kept = model.fields.map((field) => {
    const name = field.name.toLowerCase();
    const replacement = given.get(name);
    given.delete(name);
    return replacement ?? field;
  });
  const all = [...kept, ...given.values()];
  const isDetail = all.some((field) => field.relationshipOrder !== null);
  const changed = { ...model, fields: isDetail ? all.filter((field) => field.name !== "OwnerId") : all };
  fields.forEach((field) => {
    refuseUnknownNames(changed, field);
    refuseCircle(changed, field);
  });
  return changed;
}

/** The formula of a person field names fields of Contact, which holds the same field and is checked itself. */
function refuseUnknownNames(model: ObjectModel, { formula, mirrors }: FieldModel): void {
  if (formula === null || mirrors !== null) return;
  const known = new Set(model.fields.map((field) => field.name.toLowerCase()));
  const unknown = fieldsOf(parseFormula(formula)).find((name) => !known.has(name.toLowerCase()));
  if (unknown !== undefined) {
    throw new CustomFieldProblem(`Field ${unknown} does not exist. Check spelling.`);
  }
}

/** Salesforce refuses formula fields that refer to each other in a circle; the words are ours. */
function refuseCircle(model: ObjectModel, { name, formula, mirrors }: FieldModel): void {
  if (formula === null || mirrors !== null) return;
  const formulas = new Map(model.fields.map((field) => [field.name.toLowerCase(), field.formula]));
  const read = new Set(namesIn(formula));
  for (const other of read) {
    for (const further of namesIn(formulas.get(other) ?? null)) read.add(further);
  }
  if (read.has(name.toLowerCase())) {
    throw new CustomFieldProblem(`The formula of ${name} reads the field itself, maybe by way of others.`);
  }
}

function namesIn(formula: string | null): string[] {
  return formula === null ? [] : fieldsOf(parseFormula(formula)).map((name) => name.toLowerCase());
}

/** The first key prefix of custom objects, `a00`, `a01` …, that none of these objects has. */
export function nextCustomKeyPrefix(models: readonly Pick<ObjectModel, "keyPrefix">[]): string {
  const taken = new Set(models.map((model) => model.keyPrefix));
  for (const first of BASE62) {
    for (const second of BASE62) {
      const prefix = `a${first}${second}`;
      if (!taken.has(prefix)) return prefix;
    }
  }
  throw new CustomFieldProblem("The org has no key prefix left for another custom object.");
}
