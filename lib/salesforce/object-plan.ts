/** How an object's fields are named on the wire: which of them travel as external ids of other records. */
import { FaultError } from "@/lib/core/faults";
import type { FieldDescribe, ObjectDescribe } from "@/lib/core/side";
import type { ReadSchema, Schema } from "./describe";
import { referencedObjects, referencePath, type ReferencePath } from "./references";

export interface ObjectPlan {
  readonly describe: ObjectDescribe;
  readonly fields: ReadonlyMap<string, FieldDescribe>;
  /** By lookup field. */
  readonly references: ReadonlyMap<string, ReferencePath>;
}

export interface FieldUse {
  readonly object: string;
  readonly fields: Iterable<string>;
}

/** Plans for the objects used; objects the org lacks have none. Throws FaultError when the org cannot be asked. */
export async function planObjects(
  readSchema: ReadSchema,
  uses: Iterable<FieldUse>,
): Promise<ReadonlyMap<string, ObjectPlan>> {
  const usedFields = new Map<string, Set<string>>();
  for (const { object, fields } of uses) {
    const used = usedFields.get(object) ?? new Set<string>();
    for (const field of fields) used.add(field);
    usedFields.set(object, used);
  }
  const schema = await readSchema([...usedFields.keys()]);
  const referenced = [...usedFields].flatMap(([object, used]) => {
    const describe = schema.objects.get(object);
    return describe ? referencedObjects(describe, used) : [];
  });
  const others = referenced.length > 0 ? await readSchema(referenced) : schema;
  const objects = new Map([...others.objects, ...schema.objects]);
  return new Map(
    [...usedFields.keys()].flatMap((object) => {
      const describe = schema.objects.get(object);
      return describe ? [[object, planObject(describe, schema, objects)] as const] : [];
    }),
  );
}

function planObject(
  describe: ObjectDescribe,
  { facts }: Schema,
  objects: ReadonlyMap<string, ObjectDescribe>,
): ObjectPlan {
  const references = describe.fields.flatMap((field) => {
    const path = referencePath(field, `${facts.prefix}SyncId__c`, objects);
    return path ? [[field.name, path] as const] : [];
  });
  return {
    describe,
    fields: new Map(describe.fields.map((field) => [field.name, field])),
    references: new Map(references),
  };
}

/** Throws FaultError field_missing. */
export function fieldsOf(plan: ObjectPlan, names: readonly string[]): readonly FieldDescribe[] {
  return [...new Set(names)].map((name) => {
    const field = plan.fields.get(name);
    if (!field) throw missingField(plan.describe, name);
    return field;
  });
}

/**
 * The describes of fields that a feed reads as they are. Throws FaultError field_missing, and Error for a lookup: those
 * are written one way only, and a feed of them tells of what nobody follows.
 */
export function plainFields(plan: ObjectPlan, names: readonly string[]): readonly FieldDescribe[] {
  const fields = fieldsOf(plan, names);
  const lookup = fields.find(({ type }) => type === "reference");
  if (lookup) throw new Error(`${plan.describe.name}.${lookup.name} is a lookup: no feed reads it`);
  return fields;
}

export function missingObject(object: string): FaultError {
  return new FaultError({
    code: "set_up",
    sentence: `The Salesforce org has no object ${object}, or hides it from the connector's user. Install the package and assign its permission set.`,
    origin: { code: "NOT_FOUND", message: object },
  });
}

export function missingField(object: ObjectDescribe, field: string): FaultError {
  return new FaultError({
    code: "field_missing",
    sentence: `Salesforce has no field ${field} on ${object.label}, or hides it from the connector's user. Create the field, give the user access to it, or take it out of the mapping.`,
    field,
    origin: { code: "INVALID_FIELD", message: `${object.name}.${field}` },
  });
}
