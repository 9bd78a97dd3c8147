import { deletionMs } from "./recycle-bin";
import type { SObject } from "../model/schema";
import type { DeletedRow } from "../org/delete-log";
import type { Org } from "../org/org";

/**
 * Records of an object deleted at or after `start` and before or at `end`, oldest deletion first: those in the recycle
 * bin and those purged since, which the delete log remembers. Records that were brought back are not among them.
 */
export function deletedRows(org: Org, object: SObject, start: Date, end: Date): DeletedRow[] {
  const [startMs, endMs] = [start.getTime(), end.getTime()];
  const found = org.deleteLog.of(object.name);
  for (const row of org.store.table(object).all()) {
    if (row.IsDeleted) found.push({ id: String(row.Id), deletedMs: deletionMs(row) });
  }
  return found
    .filter(({ deletedMs }) => deletedMs >= startMs && deletedMs <= endMs)
    .sort((a, b) => a.deletedMs - b.deletedMs);
}
