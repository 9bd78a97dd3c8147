import { dependentsOf } from "./delete-set";
import type { SObject } from "../model/schema";
import type { Row, Value } from "../model/types";
import type { Org } from "../org/org";

/**
 * Points every live record that points to one of these records to the master instead. Their SystemModstamp moves, their
 * last modification does not: the platform changed them, not a user.
 * @param spared records that stay as they are: those of the merge itself
 * @returns ids of the records that were changed
 */
export function reparent(
  org: Org,
  object: SObject,
  fromIds: readonly string[],
  masterId: string,
  stamp: string,
  spared: ReadonlySet<string>,
): string[] {
  const moved = new Set<string>();
  for (const fromId of fromIds) {
    for (const { child, field, row } of dependentsOf(org, object, fromId)) {
      const id = String(row.Id);
      if (spared.has(id)) continue;
      const current = org.store.table(child).get(id) ?? row;
      const changed: Record<string, Value> = { ...current, [field.name]: masterId, SystemModstamp: stamp };
      org.store.put(child, changed);
      moved.add(id);
    }
  }
  return [...moved];
}

/** Whether a record is above itself by way of this lookup to its own object. */
export function isAboveItself(org: Org, object: SObject, lookupName: string, row: Row): boolean {
  const seen = new Set<unknown>();
  for (let above = row[lookupName]; typeof above === "string";) {
    if (above === row.Id) return true;
    if (seen.has(above)) return false;
    seen.add(above);
    above = org.store.table(object).get(above)?.[lookupName];
  }
  return false;
}
