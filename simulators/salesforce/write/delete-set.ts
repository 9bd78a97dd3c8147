import type { SObject } from "../model/schema";
import type { FieldModel, Row } from "../model/types";
import type { Org } from "../org/org";

export interface RowToDelete {
  object: SObject;
  row: Row;
}

/** A live row and the lookup by which it points to another. */
export interface Dependent {
  child: SObject;
  field: FieldModel;
  row: Row;
}

/** The row with everything that its deletion takes along, parents before children. */
export function rowsToDelete(org: Org, object: SObject, row: Row): RowToDelete[] {
  const found: RowToDelete[] = [{ object, row }];
  const seen = new Set([String(row.Id)]);
  for (const next of found) {
    for (const { child, field, row: childRow } of dependentsOf(org, next.object, String(next.row.Id))) {
      const id = String(childRow.Id);
      if (!field.cascadeDelete || seen.has(id)) continue;
      seen.add(id);
      found.push({ object: child, row: childRow });
    }
  }
  return found;
}

/** Live rows that point to this record. The account of a person points to its contact, but does not depend on it. */
export function dependentsOf(org: Org, object: SObject, id: string): Dependent[] {
  const dependents: Dependent[] = [];
  for (const { child, field } of object.children) {
    const table = org.store.table(child);
    if (!table.hasParentIndex(field) || isInternal(field)) continue;
    for (const row of table.byParent(field, id)) dependents.push({ child, field, row });
  }
  return dependents;
}

function isInternal(field: FieldModel): boolean {
  return field.name === "PersonContactId" || field.name === "MasterRecordId";
}
