import type { Column } from "./columns";
import type { CsvFile } from "./csv-file";
import { errorText } from "./row-error-text";
import type { IngestJob } from "./job";
import { readRow } from "./read-row";
import { identity, saveRecord, type Target } from "./save-record";
import type { RowError } from "../http/errors";
import { normaliseId } from "../org/ids";
import { apexLimitFailure } from "../write/apex-limit";
import type { ParsedRow } from "../write/parse-row";
import { repeated } from "../write/repeated";
import type { SaveResult } from "../write/save-result";

/** Records that are one transaction: triggers and their limits see so many at once (Bulk API guide, "Limits"). */
export const CHUNK_RECORDS = 200;
/** The first version whose failed results name the record. */
const FAILED_IDS_SINCE = 53;

/**
 * Saves the next records of a job, at most a chunk, in one transaction.
 * @param end the row of the file to stop before
 */
export function processChunk(
  job: IngestJob,
  file: CsvFile,
  columns: readonly Column[],
  target: Target,
  end: number,
): void {
  const first = job.processed;
  const count = Math.min(CHUNK_RECORDS, end - first);
  const rows = Array.from({ length: count }, (_, offset) => readRow(columns, file.cells(first + offset)));
  const results = target.org.duplicateRules.asOneChunk(() => saveChunk(target, rows));
  for (const [offset, result] of results.entries()) {
    const row = first + offset;
    if (result.success) job.saved.push({ row, id: result.id, created: result.created });
    else {
      const parsed = rows[offset];
      const id = job.version >= FAILED_IDS_SINCE && parsed && isRead(parsed) ? knownId(target, parsed) : "";
      job.failedCount += 1;
      job.failed.push({ row, id, error: errorText(result.errors) });
    }
    countRow(target, result);
  }
  job.processed += count;
}

function saveChunk(target: Target, rows: readonly (ParsedRow | RowError)[]): SaveResult[] {
  const { org, object } = target;
  if (org.faults.takeApexLimit(object.name, rows.length)) {
    return rows.map(() => apexLimitFailure(object));
  }
  const identities = rows.map((row) => (isRead(row) ? identity(target, row) : undefined));
  const again = repeated(identities);
  return rows.map((row, position) => {
    if (!isRead(row)) return { success: false, errors: [row] };
    const own = identities[position];
    return saveRecord(target, row, own !== undefined && again.has(own));
  });
}

function isRead(row: ParsedRow | RowError): row is ParsedRow {
  return "values" in row;
}

/** The record that a refused row is about, where there is one. */
function knownId({ org, object, key }: Target, parsed: ParsedRow): string {
  const table = org.store.table(object);
  if (parsed.id !== undefined) {
    const id = normaliseId(parsed.id);
    return id !== undefined && table.get(id) ? id : "";
  }
  const value = key && parsed.values.get(key);
  const found = key && typeof value === "string" ? table.byKey(key, value.trim()) : [];
  return found.length === 1 ? String(found[0]?.Id) : "";
}

function countRow({ org, object, operation }: Target, result: SaveResult): void {
  if (!result.success) org.stats.count(object.name, "failed");
  else if (operation === "delete" || operation === "hardDelete") org.stats.count(object.name, "deleted");
  else org.stats.count(object.name, result.created ? "created" : "updated");
}
