import { fieldsOf, parseFormula } from "../formula/parse";
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
 * @throws CustomFieldProblem when a formula names a field that the object does not have
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
  });
  return changed;
}

function refuseUnknownNames(model: ObjectModel, { formula }: FieldModel): void {
  if (formula === null) return;
  const known = new Set(model.fields.map((field) => field.name.toLowerCase()));
  const unknown = fieldsOf(parseFormula(formula)).find((name) => !known.has(name.toLowerCase()));
  if (unknown !== undefined) {
    throw new CustomFieldProblem(`Field ${unknown} does not exist. Check spelling.`);
  }
}

const KEY_PREFIX_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The first key prefix of custom objects, `a00`, `a01` …, that none of these objects has. */
export function nextCustomKeyPrefix(models: readonly Pick<ObjectModel, "keyPrefix">[]): string {
  const taken = new Set(models.map((model) => model.keyPrefix));
  for (const first of KEY_PREFIX_DIGITS) {
    for (const second of KEY_PREFIX_DIGITS) {
      const prefix = `a${first}${second}`;
      if (!taken.has(prefix)) return prefix;
    }
  }
  throw new CustomFieldProblem("The org has no key prefix left for another custom object.");
}
