import { moveToBin } from "./delete";
import { rowsToMerge } from "./merge-checks";
import { OWN_LOOKUPS } from "./own-lookups";
import { parseRow, type ParsedRow } from "./parse-row";
import { isAboveItself, reparent } from "./reparent";
import { updateRow } from "./save";
import { failure, type FailedSave, type SaveResult } from "./save-result";
import type { Writer } from "./writer";
import { ApiError } from "../http/errors";
import type { SObject } from "../model/schema";
import type { Row } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import type { Org } from "../org/org";

export type MergeResult =
  { success: true; id: string; mergedRecordIds: string[]; updatedRelatedIds: string[] } | FailedSave;

/**
 * Merges one or two records into a master (SOAP API guide, "merge()"): records that point to the losers point to the
 * master, the losers go to the recycle bin with MasterRecordId, the master keeps its values except those given. A value
 * may be a unique key of a loser, as the losers are deleted first. A failure changes nothing.
 * @param values fields of the master by name, as in an update
 */
export function mergeRows(
  org: Org,
  writer: Writer,
  object: SObject,
  masterId: string,
  loserIds: readonly string[],
  values: Readonly<Record<string, unknown>>,
): MergeResult {
  const rows = rowsToMerge(org, object, masterId, loserIds);
  if ("success" in rows) return rows;
  const parsed = parsedValues(writer, object, values);
  if ("success" in parsed) return parsed;
  const mark = org.store.mark();
  const updatedRelatedIds = takeOver(org, writer, object, rows.master, rows.losers);
  const result = finish(org, writer, object, masterId, rows.losers, parsed);
  if (!result.success) {
    org.store.rollBackTo(mark);
    return result;
  }
  return {
    success: true,
    id: masterId,
    mergedRecordIds: rows.losers.map(({ Id }) => String(Id)),
    updatedRelatedIds,
  };
}

function parsedValues(
  writer: Writer,
  object: SObject,
  values: Readonly<Record<string, unknown>>,
): ParsedRow | FailedSave {
  try {
    return { ...parseRow(writer.schema, object, values, JSON.stringify(values)), id: undefined };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return failure(error.errorCode, error.message);
  }
}

/** Re-parents what hangs on the losers, then deletes them; a person's contact merges with the master's contact. */
function takeOver(org: Org, writer: Writer, shown: SObject, master: Row, losers: readonly Row[]): string[] {
  const object = org.schema.find(shown.name) ?? shown;
  const contact = org.schema.standard("Contact");
  const stamp = salesforceDateTime(org.now());
  const isPerson = object.name === "Account" && master.IsPersonAccount === true;
  const loserIds = losers.map((row) => String(row.Id));
  const loserContactIds = isPerson ? losers.map((row) => String(row.PersonContactId)) : [];
  const spared = new Set([...loserIds, ...loserContactIds]);
  const moved = reparent(org, object, loserIds, String(master.Id), stamp, spared);
  if (isPerson) {
    moved.push(...reparent(org, contact, loserContactIds, String(master.PersonContactId), stamp, spared));
  }
  for (const loser of losers) {
    const rows = [{ object, row: loser }];
    const own = org.store.table(contact).get(String(loser.PersonContactId));
    if (isPerson && own) rows.push({ object: contact, row: own });
    moveToBin(org, writer.userId, rows, (row) => ({
      MasterRecordId: (row === loser ? master.Id : master.PersonContactId) ?? null,
    }));
  }
  return [...new Set(moved)];
}

function finish(
  org: Org,
  writer: Writer,
  object: SObject,
  masterId: string,
  losers: readonly Row[],
  parsed: ParsedRow,
): SaveResult {
  inheritManager(org, object, masterId, losers);
  const whole = org.schema.find(object.name) ?? object;
  const lookup = OWN_LOOKUPS[object.name];
  const row = org.store.table(whole).get(masterId);
  if (lookup && row && isAboveItself(org, whole, lookup, row)) {
    return failure(
      "MERGE_FAILED",
      `the merge would make the record its own ${whole.field(lookup)?.label ?? lookup}`,
    );
  }
  return updateRow(org, { ...writer, isMerging: true }, object, masterId, parsed);
}

/** A contact that reports to nobody takes over whom a loser reports to. */
function inheritManager(org: Org, object: SObject, masterId: string, losers: readonly Row[]): void {
  const whole = org.schema.find(object.name) ?? object;
  const row = org.store.table(whole).get(masterId);
  if (object.name !== "Contact" || !row || (row.ReportsToId ?? null) !== null) return;
  const ids = losers.map(({ Id }) => Id);
  const manager = losers.map((loser) => loser.ReportsToId).find((id) => id && !ids.includes(id));
  if (manager) org.store.put(whole, { ...row, ReportsToId: manager });
}
