import { invalidBatch } from "./errors";
import type { IngestOperation } from "./job";
import type { Schema, SObject } from "../model/schema";
import type { FieldModel } from "../model/types";

/** What a column of the data fills: a field, or a lookup found by a key of its parent. */
export type Column =
  | { kind: "field"; field: FieldModel }
  | { kind: "parent"; field: FieldModel; relationshipName: string; parent: SObject; parentField: FieldModel };

/** `Name`, `Account.SyncId__c`, or for a lookup to several objects `User:Owner.Username`. */
const PARENT_COLUMN = /^(?:([^:.]*):)?([^:.]+)\.([^:.]+)$/;

/**
 * The columns that a header names, in any case (Bulk API 2.0 guide, "Relationship Fields in a Header Row"). Fields that
 * the user may not see are not found.
 * @throws JobFailure InvalidBatch, in the words of recorded jobs where there are any
 */
export function readColumns(
  schema: Schema,
  object: SObject,
  operation: IngestOperation,
  header: readonly string[],
): Column[] {
  const isDeletion = operation === "delete" || operation === "hardDelete";
  if (isDeletion && header.length > 0 && (header.length > 1 || header[0]?.toLowerCase() !== "id")) {
    throw invalidBatch(`The '${operation}' batch must contain only ids`);
  }
  const columns = header.map((name) => readColumn(schema, object, name));
  const seen = new Set<FieldModel>();
  for (const { kind, field } of columns) {
    if (kind === "field" && seen.has(field)) throw invalidBatch(`Duplicate field name : ${field.name}`);
    if (kind === "field") seen.add(field);
  }
  return columns;
}

function readColumn(schema: Schema, object: SObject, name: string): Column {
  const field = object.field(name);
  if (field && field.type !== "address") return { kind: "field", field };
  const [, typeName, relationship, keyName] = PARENT_COLUMN.exec(name) ?? [];
  if (relationship === undefined || keyName === undefined) throw notFound(name);
  return readParentColumn(schema, object, name, { typeName, relationship, keyName });
}

function readParentColumn(
  schema: Schema,
  object: SObject,
  name: string,
  {
    typeName,
    relationship,
    keyName,
  }: { typeName: string | undefined; relationship: string; keyName: string },
): Column {
  const field = object.relationship(relationship);
  if (!field) throw invalidBatch(`Unable to find relationship: ${relationship}`);
  const parent = schema.find(parentName(field, relationship, typeName));
  const parentField = parent?.field(keyName);
  if (!parent || !parentField) throw notFound(name);
  if (parentField.type !== "id" && !parentField.externalId && !parentField.idLookup) {
    throw invalidBatch(
      `Field name provided, ${keyName} is not an External ID or indexed field for ${parent.name}`,
    );
  }
  const relationshipName = field.relationshipName ?? relationship;
  return { kind: "parent", field, relationshipName, parent, parentField };
}

/** The type stands in the header exactly where the lookup has several. */
function parentName(field: FieldModel, relationship: string, typeName: string | undefined): string {
  if (field.referenceTo.length > 1) {
    const known = field.referenceTo.find((target) => target.toLowerCase() === typeName?.toLowerCase());
    if (known !== undefined) return known;
    throw invalidBatch(`type is needed for polymorphic foreign key references: ${relationship}`);
  }
  if (typeName !== undefined) {
    throw invalidBatch(`type is not needed for non polymorphic foreign key references: ${relationship}`);
  }
  return field.referenceTo[0] ?? "";
}

function notFound(name: string): Error {
  return invalidBatch(`Field name not found : ${name}`);
}
