import { binnedDetailsOf } from "./binned-details";
import { moveToBin, restrictionOf } from "./delete";
import { rowsToDelete } from "./delete-set";
import { deletionMs, isExpired, wasTakenAlong } from "./recycle-bin";
import { failure, type SaveResult } from "./save-result";
import { binnedWith, type BinnedRow } from "./undelete";
import type { Writer } from "./writer";
import type { SObject } from "../model/schema";
import type { Org } from "../org/org";

const PERMISSION_OBJECTS: ReadonlySet<string> = new Set([
  "PermissionSet",
  "PermissionSetAssignment",
  "ObjectPermissions",
  "FieldPermissions",
]);
const NOT_IN_BIN = "invalid record id; no recycle bin entry found";

/**
 * Deletes a live record for good with what goes along, as Bulk's hardDelete does, or takes a deleted one out of the
 * recycle bin for good, as emptyRecycleBin() does. What went along with another record has no entry of its own in the
 * bin. The delete log remembers them.
 */
export function purgeRow(org: Org, writer: Writer, object: SObject, id: string): SaveResult {
  const whole = org.schema.find(object.name) ?? object;
  const row = org.store.table(whole).get(id);
  if (!row) return failure("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  if (!row.IsDeleted) {
    const rows = rowsToDelete(org, whole, row);
    const refusal = restrictionOf(org, rows);
    if (refusal) return refusal;
    moveToBin(org, writer.userId, rows);
  } else if (wasTakenAlong(row)) return failure("INVALID_ID_FIELD", NOT_IN_BIN);
  forget(org, { object: whole, row: org.store.table(whole).get(id) ?? row });
  return { success: true, id, created: false };
}

/** Empties the recycle bin of every object, or of one; answers how many records are gone for good. */
export function emptyRecycleBin(org: Org, only?: SObject): number {
  return purgeWhere(org, only, () => true);
}

/** Takes away for good what has been in the bin for longer than 15 days; answers how many records. */
export function purgeExpired(org: Org): number {
  return purgeWhere(org, undefined, (binned) => isExpired(org, binned.row));
}

/**
 * Rows that give rights are never in the bin in Salesforce. Here they stay, marked as deleted, for good: a right that a
 * new org starts with would be there again after a restart if nothing were left to say that it was taken away.
 */
function isPermissionRow({ name }: SObject): boolean {
  return PERMISSION_OBJECTS.has(name);
}

function purgeWhere(org: Org, only: SObject | undefined, isMeant: (binned: BinnedRow) => boolean): number {
  let count = 0;
  for (const object of only ? [only] : org.schema.objects) {
    if (isPermissionRow(object)) continue;
    const table = org.store.table(object);
    if (table.size === table.countLive) continue;
    for (const row of [...table.all()]) {
      const isThere = table.get(String(row.Id)) !== undefined;
      if (isThere && row.IsDeleted && isMeant({ object, row })) count += forget(org, { object, row });
    }
  }
  return count;
}

/** With what went along with it, and details that went before it; answers how many records. */
function forget(org: Org, binned: BinnedRow): number {
  const gone = [binned];
  for (const { object, row } of gone) {
    const id = String(row.Id);
    if (!org.store.table(object).get(id)) continue;
    gone.push(...binnedWith(org, row), ...binnedDetailsOf(org, object, id));
    if (isPermissionRow(object)) continue;
    org.deleteLog.add(object.name, { id, deletedMs: deletionMs(row) }, org.now());
    org.store.onRollBack(() => org.deleteLog.remove(object.name, id));
    org.store.remove(object, id);
  }
  return new Set(gone.map(({ row }) => row.Id)).size;
}
