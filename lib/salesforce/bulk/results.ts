/** The results of a job → how each row ended, found by its id or key (salesforce.md §3.6: the order is not guaranteed). */
import { bulkIdentity, type BulkTarget } from "@/lib/core/bulk";
import type { RowResult } from "@/lib/core/side";
import { isGovernorLimit, rowFault } from "../faults";
import type { OrgError } from "../wire";
import type { PlannedRow } from "../write-groups";
import { csvRows } from "./csv";

/** One row of an answer: what the org says, and which row it says it of. */
interface ResultRow {
  readonly identity: string;
  readonly sf: ReadonlyMap<string, string>;
}

/** Rows by what tells them apart. */
export function byIdentity(rows: readonly PlannedRow[]): ReadonlyMap<string, PlannedRow> {
  return new Map(rows.map((planned) => [bulkIdentity(planned.row), planned]));
}

export function successes(
  text: string,
  target: BulkTarget,
  rows: ReadonlyMap<string, PlannedRow>,
): RowResult[] {
  return resultRows(text, target).flatMap(({ identity, sf }): RowResult[] => {
    const planned = rows.get(identity);
    const id = sf.get("sf__id") ?? "";
    if (!planned || id === "") return [];
    return [{ rowId: planned.row.rowId, ok: true, id, created: sf.get("sf__created") === "true" }];
  });
}

/**
 * What the org refused. What calls alone can cure is left out, to be written by them: rows that its automation had no room
 * for, which go in smaller groups, and duplicates, whose likes the org names to calls only.
 */
export function failures(
  text: string,
  target: BulkTarget,
  rows: ReadonlyMap<string, PlannedRow>,
): RowResult[] {
  return resultRows(text, target).flatMap(({ identity, sf }): RowResult[] => {
    const planned = rows.get(identity);
    if (!planned) return [];
    const { row, plan, references } = planned;
    const error = rowError(sf.get("sf__error") ?? "");
    const refused = rowFault(error, { describe: plan.describe, id: row.id, references });
    if (isGovernorLimit(error) || refused.fault.code === "duplicate_rule") return [];
    const field = refused.missingReference?.field;
    const { fault } = refused;
    return [{ rowId: row.rowId, ok: false, fault, ...(field && { missingReference: field }) }];
  });
}

/** `CODE:message:Field,Other --`, several parted by semicolons; the first is the one that counts. */
export function rowError(text: string): OrgError {
  const match = /^([A-Z][A-Z0-9_]*):([\s\S]*?):([\w.,\s]*?)\s*--(?=;[A-Z][A-Z0-9_]*:|\s*$)/.exec(text);
  if (!match) return { code: "UNKNOWN", message: text, fields: [] };
  const [, code = "", message = "", fields = ""] = match;
  return { code, message, fields: fields.split(",").flatMap((field) => field.trim() || []) };
}

function resultRows(text: string, { verb, keyField }: BulkTarget): ResultRow[] {
  const own = (verb === "update" ? "Id" : keyField).toLowerCase();
  let header: readonly string[] | undefined;
  const rows: ResultRow[] = [];
  for (const cells of csvRows(text)) {
    if (!header) {
      header = cells.map((name) => name.toLowerCase());
      continue;
    }
    const values = new Map(header.map((name, nth) => [name, cells[nth] ?? ""]));
    const identity = values.get(own);
    if (identity === undefined || identity === "") continue;
    const sf = new Map([...values].filter(([name]) => name.startsWith("sf__")));
    rows.push({ identity: verb === "update" ? identity : identity.trim().toLowerCase(), sf });
  }
  return rows;
}
