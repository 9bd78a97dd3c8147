import { isDeepStrictEqual } from "node:util";
import { ComponentProblem, type Outcome } from "./component";
import type { Draft } from "./draft";
import { readField, refuseBadName } from "./read-field";
import type { XmlElement } from "./xml";
import { hashedId } from "../access/hashed-id";
import { customField, CustomFieldProblem, type CustomFieldSpec } from "../model/custom-objects";
import type { SObject } from "../model/schema";
import type { FieldModel } from "../model/types";
import type { Store } from "../org/store";
import { keyOf, type Table } from "../org/table";

const MAX_MASTERS = 2;

/**
 * Puts one field of an object file into the draft.
 * @throws ComponentProblem
 */
export function deployField(
  draft: Draft,
  store: Store,
  objectName: string,
  source: XmlElement,
  name: string,
): Outcome {
  const object = draft.schema.find(objectName);
  if (!object) {
    throw new ComponentProblem(`Entity of type 'CustomObject' named '${objectName}' cannot be found`);
  }
  const before = object.field(name);
  if (!before) refuseBadName(name);
  else refuseWhatIsNotOurs(object, before);
  const spec = readField(source);
  const field = build({ ...spec, fullName: before?.name ?? name });
  const after = before ? changedField(store, object, before, field) : field;
  refuseBadRelationship(draft, store, object, spec, after, before);
  inOurWords(() => draft.putField(object.model, after));
  const id = hashedId("00N", `${object.name}.${field.name}`);
  const change = !before ? "created" : isDeepStrictEqual(before, after) ? "unchanged" : "changed";
  return { kind: "done", change, id };
}

function build(spec: CustomFieldSpec): FieldModel {
  return inOurWords(() => customField(spec));
}

function inOurWords<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof CustomFieldProblem) throw new ComponentProblem(error.message);
    throw error;
  }
}

/** Standard fields and those of a managed package stay as they are. */
function refuseWhatIsNotOurs(object: SObject, field: FieldModel): void {
  if (!field.custom || field.mirrors !== null) {
    const kind = field.custom ? "person fields, which follow those of Contact" : "standard fields";
    throw new ComponentProblem(`The simulated org does not change ${kind}: ${object.name}.${field.name}`);
  }
  if (/^\w+?__\w+?__c$/.test(field.name)) {
    throw new ComponentProblem(
      `Cannot modify managed object: entity=CustomFieldDefinition, component=${hashedId("00N", `${object.name}.${field.name}`).slice(0, 15)}, state=installed`,
    );
  }
}

/** A field that is there may get another label, help, length or values; never another type. */
function changedField(store: Store, object: SObject, before: FieldModel, after: FieldModel): FieldModel {
  const isOtherKind =
    before.type !== after.type ||
    before.calculated !== after.calculated ||
    before.htmlFormatted !== after.htmlFormatted ||
    before.referenceTo.join() !== after.referenceTo.join() ||
    (before.autoNumber === null) !== (after.autoNumber === null);
  if (isOtherKind) {
    throw new ComponentProblem(
      `The simulated org does not change the type of a field: ${object.name}.${before.name} is ${before.type}`,
    );
  }
  if (after.length < before.length && holdsLonger(store, object, before, after.length)) {
    throw new ComponentProblem(
      `${object.name}.${before.name} holds values that are longer than ${after.length} characters`,
    );
  }
  const isStricter = after.unique && (!before.unique || (before.caseSensitive && !after.caseSensitive));
  if (isStricter && holdsTwice(store, object, after)) {
    throw new ComponentProblem("Duplicate value found when building unique index");
  }
  return after;
}

/** Whether two records share a value, those in the recycle bin included (Salesforce Help, article 000385434). */
function holdsTwice(store: Store, object: SObject, field: FieldModel): boolean {
  const seen = new Set<string>();
  for (const row of tableOf(store, object)?.all() ?? []) {
    const value = row[field.name] ?? null;
    if (value === null) continue;
    const key = keyOf(field, value);
    if (seen.has(key)) return true;
    seen.add(key);
  }
  return false;
}

function holdsLonger(store: Store, object: SObject, { name }: FieldModel, length: number): boolean {
  for (const row of tableOf(store, object)?.all() ?? []) {
    const value = row[name];
    if (typeof value === "string" && value.length > length) return true;
  }
  return false;
}

function refuseBadRelationship(
  draft: Draft,
  store: Store,
  object: SObject,
  spec: CustomFieldSpec,
  field: FieldModel,
  before: FieldModel | undefined,
): void {
  if (field.type !== "reference") return;
  const target = draft.schema.find(spec.referenceTo ?? "");
  if (!target) {
    throw new ComponentProblem(
      `referenceTo value of '${spec.referenceTo ?? ""}' does not resolve to a valid sObject type`,
    );
  }
  const isTaken = target.children.some(
    ({ child, field: other }) =>
      other.childRelationshipName === field.childRelationshipName &&
      !(child.name === object.name && other.name === field.name),
  );
  if (isTaken) {
    throw new ComponentProblem(
      `There is already a Child Relationship named ${spec.relationshipName ?? ""} on ${target.model.label}.`,
    );
  }
  if (spec.type === "MasterDetail") refuseBadMaster(store, object, before);
}

function refuseBadMaster(store: Store, object: SObject, before: FieldModel | undefined): void {
  if (!object.model.custom) {
    throw new ComponentProblem(`A master-detail relationship cannot be created on ${object.name}`);
  }
  const masters = object.model.fields.filter(({ relationshipOrder }) => relationshipOrder !== null);
  if (!before && masters.length >= MAX_MASTERS) {
    throw new ComponentProblem("Maximum number of master-detail relationships reached: 2");
  }
  const liveRows = tableOf(store, object)?.countLive ?? 0;
  if (!before && liveRows > 0) {
    throw new ComponentProblem(
      "You cannot create a new Master-Detail relationship on an existing custom object if records already exist. You must first create a Lookup relationship, populate the lookup field with data in all records, and then change the relationship type to Master-Detail.",
    );
  }
}

/** An object that this very deployment creates has no table yet. */
function tableOf(store: Store, object: SObject): Table | undefined {
  return [...store.all()].find((candidate) => candidate.object.name === object.name);
}
