import type { BinnedRow } from "./undelete";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import type { Org } from "../org/org";
import type { Table } from "../org/table";

/** Rows in the bin by the master that one lookup points to, kept while rows come, change and go. */
class DetailsByMaster {
  private readonly idsByMaster = new Map<string, Set<string>>();

  constructor(
    table: Table,
    private readonly lookupName: string,
  ) {
    for (const row of table.all()) this.change(undefined, row);
    table.watch((before, after) => this.change(before, after));
  }

  idsOf(masterId: string): string[] {
    return [...(this.idsByMaster.get(masterId) ?? [])];
  }

  private change(before: Row | undefined, after: Row | undefined): void {
    const oldMaster = this.masterOf(before);
    const newMaster = this.masterOf(after);
    if (oldMaster === newMaster) return;
    if (oldMaster !== undefined) this.idsByMaster.get(oldMaster)?.delete(String(before?.Id));
    if (newMaster === undefined) return;
    const ids = this.idsByMaster.get(newMaster);
    if (ids) ids.add(String(after?.Id));
    else this.idsByMaster.set(newMaster, new Set([String(after?.Id)]));
  }

  private masterOf(row: Row | undefined): string | undefined {
    const masterId = row?.IsDeleted ? row[this.lookupName] : undefined;
    return typeof masterId === "string" ? masterId : undefined;
  }
}

const indexes = new WeakMap<Table, Map<string, DetailsByMaster>>();

/**
 * Details in the bin whose master this is. The tables index live rows only, so an index is made when the first master is
 * purged: purging many does not look through the table for each.
 */
export function binnedDetailsOf(org: Org, object: SObject, id: string): BinnedRow[] {
  const details: BinnedRow[] = [];
  for (const { child, field } of object.children) {
    if (field.relationshipOrder === null) continue;
    const table = org.store.table(child);
    for (const detailId of indexOf(table, field.name).idsOf(id)) {
      const row = table.get(detailId);
      if (row) details.push({ object: child, row });
    }
  }
  return details;
}

function indexOf(table: Table, lookupName: string): DetailsByMaster {
  const byLookup = indexes.get(table) ?? new Map<string, DetailsByMaster>();
  indexes.set(table, byLookup);
  const index = byLookup.get(lookupName) ?? new DetailsByMaster(table, lookupName);
  byLookup.set(lookupName, index);
  return index;
}
