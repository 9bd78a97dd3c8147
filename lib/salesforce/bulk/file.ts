/** Rows → the file of a job. Pure. */
import type { BulkFile, BulkTarget } from "@/lib/core/bulk";
import type { WriteRow } from "@/lib/core/side";
import type { ObjectPlan } from "../object-plan";
import type { ReferencePath } from "../references";
import { csvLine, type CellValue } from "./csv";

/** What Salesforce takes: 150 MB measured as base64 (salesforce.md §3.6). */
export const mostBytes = 100_000_000;

/** As many of the rows, in their order, as go into one file. A row with a field that the org does not have is in none. */
export function bulkFile(
  target: BulkTarget,
  rows: readonly WriteRow[],
  plan: ObjectPlan,
  limit = mostBytes,
): BulkFile {
  const known = rows.filter(({ fields }) => Object.keys(fields).every((name) => plan.fields.has(name)));
  const cells = known.map((row) => ({ row, cells: cellsOf(target, row, plan) }));
  const columns = [...new Set(cells.flatMap(({ cells: own }) => [...own.keys()]))];
  const lines = [csvLine(columns)];
  const rowIds = new Set<string>();
  const rest = new Set<string>();
  let bytes = Buffer.byteLength(lines[0] ?? "");
  for (const { row, cells: own } of cells) {
    const line = csvLine(columns.map((column) => own.get(column)));
    bytes += Buffer.byteLength(line);
    if (bytes > limit || rest.size > 0) {
      rest.add(row.rowId);
      continue;
    }
    rowIds.add(row.rowId);
    lines.push(line);
  }
  return { text: lines.join(""), rowIds, rest };
}

/** By column. The first tells which record it is. */
function cellsOf(
  { verb, keyField }: BulkTarget,
  { id, key, fields }: WriteRow,
  plan: ObjectPlan,
): ReadonlyMap<string, CellValue> {
  const cells = new Map<string, CellValue>(verb === "update" ? [["Id", id]] : [[keyField, key]]);
  for (const [name, value] of Object.entries(fields)) {
    const path = plan.references.get(name);
    const column = path && value !== null ? referenceColumn(path) : name;
    if (!cells.has(column)) cells.set(column, value);
  }
  return cells;
}

/** `Account.SyncId__c`; where the lookup takes several objects, `Account:Owner__r.SyncId__c` says which. */
function referenceColumn({ relationshipName, keyField, object, polymorphic }: ReferencePath): string {
  return `${polymorphic ? `${object}:` : ""}${relationshipName}.${keyField}`;
}
