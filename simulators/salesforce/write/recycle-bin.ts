import type { SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";
import { salesforceMs } from "../org/clock";
import type { Org } from "../org/org";

/** Days a deleted record can be brought back (Apex guide, "Restoring Deleted Records"). */
const DAYS_IN_BIN = 15;
const DAY_MS = 86_400_000;

/**
 * What a deleted row knows of its deletion besides IsDeleted. The names are no field names, so no answer shows them.
 * The moment of deletion is the row's SystemModstamp, which nothing moves while it is in the bin.
 */
const TAKEN_ALONG_BY = "~takenAlongBy";
const TOOK_ALONG = "~tookAlong";
const EMPTIED_LOOKUPS = "~emptiedLookups";

/** A record by its object and id. */
export type RecordKey = readonly [objectName: string, id: string];

/** A lookup of a live record that became empty when the record it pointed to was deleted. */
export type EmptiedLookup = readonly [objectName: string, id: string, fieldName: string];

/** What a deletion did besides. */
export interface Deletion {
  /** The record whose deletion took this one along. */
  takenAlongBy?: string;
  /** The records that went along with this one. */
  tookAlong?: readonly RecordKey[];
  emptiedLookups?: readonly EmptiedLookup[];
}

/** A row as it lies in the bin; `stamp` tells who deleted it when. */
export function binned(row: Row, stamp: Row, deletion: Deletion): Row {
  const inBin: Record<string, Value> = { ...row, ...stamp, IsDeleted: true };
  if (deletion.takenAlongBy !== undefined) inBin[TAKEN_ALONG_BY] = deletion.takenAlongBy;
  if (deletion.tookAlong?.length) inBin[TOOK_ALONG] = JSON.stringify(deletion.tookAlong);
  if (deletion.emptiedLookups?.length) inBin[EMPTIED_LOOKUPS] = JSON.stringify(deletion.emptiedLookups);
  return inBin;
}

/** The row as a live one again. */
export function outOfBin(row: Row): Record<string, Value> {
  const live: Record<string, Value> = { ...row, IsDeleted: false };
  for (const name of [TAKEN_ALONG_BY, TOOK_ALONG, EMPTIED_LOOKUPS, "MasterRecordId"]) delete live[name];
  return live;
}

export function wasTakenAlong(row: Row): boolean {
  return typeof row[TAKEN_ALONG_BY] === "string";
}

export function tookAlong(row: Row): RecordKey[] {
  return parsed<RecordKey>(row[TOOK_ALONG]);
}

export function emptiedLookups(row: Row): EmptiedLookup[] {
  return parsed<EmptiedLookup>(row[EMPTIED_LOOKUPS]);
}

function parsed<Item>(text: Value | undefined): Item[] {
  return typeof text === "string" ? (JSON.parse(text) as Item[]) : [];
}

/** Lookups that undelete restores (Apex guide, "Referential Integrity When Deleting and Restoring Records"). */
export function isRestored(child: SObject, field: FieldModel): boolean {
  const name = `${child.name}.${field.name}`;
  return field.custom || name === "Account.ParentId" || name === "Contact.ReportsToId";
}

/** When a deleted row was deleted. */
export function deletionMs(row: Row): number {
  return salesforceMs(String(row.SystemModstamp));
}

/** Whether a deleted row has been in the bin for longer than Salesforce keeps it. */
export function isExpired(org: Org, row: Row): boolean {
  return row.IsDeleted === true && org.now().getTime() - deletionMs(row) > DAYS_IN_BIN * DAY_MS;
}
