import { emptiedLookups, isExpired, outOfBin, tookAlong, wasTakenAlong } from "./recycle-bin";
import { failure, type SaveResult } from "./save-result";
import { modified } from "./write-row";
import type { Writer } from "./writer";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import type { Org } from "../org/org";

export interface BinnedRow {
  object: SObject;
  row: Row;
}

const NOT_IN_BIN = "Entity is not in the recycle bin";

/**
 * Brings a record back from the recycle bin with what its deletion took along, and the lookups that became empty unless
 * they were filled since (SOAP API guide, "undelete()"; Apex guide, "Deleting Records"). What a merge re-parented stays
 * with the master. It needs the right to delete. A detail does not come back without its master (Salesforce Help, article
 * 000386040).
 */
export function undeleteRow(org: Org, writer: Writer, object: SObject, id: string): SaveResult {
  const whole = org.schema.find(object.name) ?? object;
  const row = org.store.table(whole).get(id);
  if (!row?.IsDeleted || wasTakenAlong(row) || isExpired(org, row)) {
    return failure("UNDELETE_FAILED", NOT_IN_BIN);
  }
  if (!writer.schema.find(object.name)?.model.deletable) {
    return failure("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
  }
  const first = { object: whole, row };
  if (isMasterGone(org, first, new Set())) return failure("UNDELETE_FAILED", NOT_IN_BIN);
  const rows = returningWith(org, first);
  const clash = rows.map((binned) => takenKey(org, binned)).find((found) => found !== undefined);
  if (clash) return clash;
  const stamp = modified(salesforceDateTime(org.now()), writer.userId);
  const returning = new Set(rows.map((binned) => binned.row.Id));
  for (const binned of rows) restore(org, binned, stamp, returning);
  for (const binned of rows) refillLookups(org, binned.row);
  return { success: true, id, created: false };
}

/** The row and what comes back along with it: not a detail of two masters while the other one is gone. */
function returningWith(org: Org, first: BinnedRow): BinnedRow[] {
  const rows = [first];
  const ids = new Set([first.row.Id]);
  for (const binned of binnedWith(org, first.row)) {
    if (isMasterGone(org, binned, ids)) continue;
    rows.push(binned);
    ids.add(binned.row.Id);
  }
  return rows;
}

function isMasterGone(org: Org, { object, row }: BinnedRow, returning: ReadonlySet<unknown>): boolean {
  return object.model.fields.some(({ name, relationshipOrder }) => {
    const masterId = row[name];
    if (relationshipOrder === null || typeof masterId !== "string" || returning.has(masterId)) return false;
    const master = org.schema.ofId(masterId);
    return master !== undefined && org.store.table(master).get(masterId)?.IsDeleted !== false;
  });
}

/** The rows in the bin that went there along with this one. */
export function binnedWith(org: Org, row: Row): BinnedRow[] {
  const rows: BinnedRow[] = [];
  for (const [objectName, id] of tookAlong(row)) {
    const object = org.schema.find(objectName);
    const found = object && org.store.table(object).get(id);
    if (object && found?.IsDeleted) rows.push({ object, row: found });
  }
  return rows;
}

/** The refusal when a unique value of the row belongs to a live record by now. */
function takenKey(org: Org, { object, row }: BinnedRow): SaveResult | undefined {
  for (const field of object.model.fields) {
    const value = row[field.name] ?? null;
    if (!field.unique || value === null || field.mirrors) continue;
    const holder = org.store.table(object).byKey(field, value)[0];
    if (!holder) continue;
    return failure(
      "DUPLICATE_VALUE",
      `duplicate value found: ${field.name} duplicates value on record with id: ${String(holder.Id).slice(0, 15)}`,
    );
  }
  return undefined;
}

/** Lookups to records that are gone by now come back empty. */
function restore(org: Org, { object, row }: BinnedRow, stamp: Row, returning: ReadonlySet<unknown>): void {
  const live = { ...outOfBin(row), ...stamp };
  for (const field of object.model.fields) {
    const parentId = live[field.name];
    if (field.type !== "reference" || typeof parentId !== "string" || returning.has(parentId)) continue;
    const parent = org.schema.ofId(parentId);
    const parentRow = parent && org.store.table(parent).get(parentId);
    if (parent && (!parentRow || parentRow.IsDeleted)) delete live[field.name];
  }
  org.store.put(object, live);
}

function refillLookups(org: Org, row: Row): void {
  for (const [objectName, id, fieldName] of emptiedLookups(row)) {
    const child = org.schema.find(objectName);
    const childRow = child && org.store.table(child).get(id);
    if (!child || !childRow || childRow.IsDeleted || (childRow[fieldName] ?? null) !== null) continue;
    org.store.put(child, { ...childRow, [fieldName]: row.Id ?? null });
  }
}
