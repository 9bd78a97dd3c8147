import { moveToBin, restrictionOf } from "./delete";
import { rowsToDelete } from "./delete-set";
import { deletionMs, isExpired, wasTakenAlong } from "./recycle-bin";
import { failure, type SaveResult } from "./save-result";
import { binnedWith, type BinnedRow } from "./undelete";
import type { Writer } from "./writer";
import type { SObject } from "../model/schema";
import type { Org } from "../org/org";

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
  const binned = org.store.table(whole).get(id) ?? row;
  for (const gone of [{ object: whole, row: binned }, ...binnedWith(org, binned)]) forget(org, gone);
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

function purgeWhere(org: Org, only: SObject | undefined, isMeant: (binned: BinnedRow) => boolean): number {
  let count = 0;
  for (const object of only ? [only] : org.schema.objects) {
    const table = org.store.table(object);
    if (table.size === table.countLive) continue;
    for (const row of [...table.all()]) {
      if (!row.IsDeleted || !isMeant({ object, row })) continue;
      forget(org, { object, row });
      count += 1;
    }
  }
  return count;
}

function forget(org: Org, { object, row }: BinnedRow): void {
  const id = String(row.Id);
  org.deleteLog.add(object.name, { id, deletedMs: deletionMs(row) });
  org.store.remove(object, id);
}
