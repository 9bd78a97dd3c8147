import type { SObject } from "../model/schema";
import type { Org } from "../org/org";
import { deleteRow } from "../write/delete";
import type { SaveResult } from "../write/save";
import type { Writer } from "../write/writer";

/** Deletes a record with all that a cascade takes along, past the recycle bin. */
export function hardDeleteRow(org: Org, writer: Writer, object: SObject, id: string): SaveResult {
  const gone = withCascade(org, org.schema.find(object.name) ?? object, id);
  const result = deleteRow(org, writer, object, id);
  if (!result.success) return result;
  // What is purged cannot come back, so it does not go through the journal of this chunk.
  org.store.commit();
  for (const [goneObject, goneId] of gone) {
    const table = org.store.table(goneObject);
    table.set(goneId, undefined);
    org.store.onWrite(table, goneId);
  }
  return result;
}

function withCascade(org: Org, object: SObject, id: string): [SObject, string][] {
  const gone: [SObject, string][] = [[object, id]];
  for (const { child, field } of object.children) {
    const table = org.store.table(child);
    if (!field.cascadeDelete || !table.hasParentIndex(field)) continue;
    for (const row of table.byParent(field, id)) gone.push(...withCascade(org, child, String(row.Id)));
  }
  return gone;
}
