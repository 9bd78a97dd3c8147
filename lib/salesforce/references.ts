/** Lookups travel as external ids of the records they point to (salesforce.md §3.6 "parent by external id"). */
import { orgIdOf } from "@/lib/core/references";
import type { CanonicalValue, FieldDescribe, ObjectDescribe } from "@/lib/core/side";

/** How one lookup field is written and read by external id. */
export interface ReferencePath {
  readonly field: string;
  /** `Account`, `Account__r` */
  readonly relationshipName: string;
  readonly object: string;
  readonly keyField: string;
  /** The lookup accepts several objects: the org has to be told which. */
  readonly polymorphic: boolean;
}

/** A reference that a row carries. */
export interface Reference {
  readonly field: string;
  readonly object: string;
  readonly key: string;
}

/** Lookups to these are plain ids: they are the org's own records, never ours. */
const ownedByTheOrg: ReadonlySet<string> = new Set([
  "RecordType",
  "User",
  "Group",
  "BusinessHours",
  "CallCenter",
]);

/** The objects whose describes are needed to write or read these fields by external id. */
export function referencedObjects(describe: ObjectDescribe, fields: ReadonlySet<string>): readonly string[] {
  return describe.fields
    .filter((field) => field.type === "reference" && field.relationshipName && fields.has(field.name))
    .flatMap((field) => field.referenceTo)
    .filter((object) => !ownedByTheOrg.has(object));
}

/** Null where the field is no lookup, or none of the objects it points to carries our external id. */
export function referencePath(
  field: FieldDescribe,
  syncIdField: string,
  objects: ReadonlyMap<string, ObjectDescribe>,
): ReferencePath | null {
  if (field.type !== "reference" || !field.relationshipName) return null;
  const object = field.referenceTo.find((name) =>
    objects.get(name)?.fields.some((f) => f.name === syncIdField),
  );
  if (!object) return null;
  return {
    field: field.name,
    relationshipName: field.relationshipName,
    object,
    keyField: syncIdField,
    polymorphic: field.referenceTo.length > 1,
  };
}

/** What is sent for a lookup: `{ Account__r: { SyncId__c: "123" } }`, or the lookup itself when it is cleared or names an id. */
export function referenceEntry(path: ReferencePath, value: CanonicalValue): Record<string, unknown> {
  if (value === null) return { [path.field]: null };
  const id = orgIdOf(value);
  if (id !== null) return { [path.field]: id };
  const attributes = path.polymorphic ? { attributes: { type: path.object } } : {};
  return { [path.relationshipName]: { ...attributes, [path.keyField]: value } };
}

/** Where a query finds the external id of the record that a lookup points to: `Account__r.SyncId__c`. */
export function referenceColumn({ relationshipName, keyField }: ReferencePath): string {
  return `${relationshipName}.${keyField}`;
}
