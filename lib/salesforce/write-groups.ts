/** Rows → groups of one object, verb and rank; groups → calls (salesforce.md §3.6 Collections, Composite). */
import type { WriteRow } from "@/lib/core/side";
import type { Subrequest } from "./client";
import { duplicateHeaders } from "./duplicates";
import type { ObjectPlan } from "./object-plan";
import { orgIdOf } from "@/lib/core/references";
import { referenceEntry, type Reference } from "./references";
import type { WorkingSize } from "./working-size";

/** A row in the words of the wire. */
export interface PlannedRow {
  readonly row: WriteRow;
  readonly plan: ObjectPlan;
  readonly record: Readonly<Record<string, unknown>>;
  readonly references: readonly Reference[];
  /** It is written though a duplicate rule alerts. */
  readonly passAlerts: boolean;
}

export interface Group {
  readonly rank: number;
  readonly object: string;
  readonly verb: "upsert" | "update";
  readonly keyField: string;
  readonly passAlerts: boolean;
  readonly rows: readonly PlannedRow[];
}

/** The groups of one outward call, lower ranks first. */
export type Batch = readonly Group[];

/** `passAlerts`: of every row, whatever it says itself. */
export function planRow(row: WriteRow, plan: ObjectPlan, passAlerts = false): PlannedRow {
  const references: Reference[] = [];
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row.fields)) {
    const path = plan.references.get(name);
    Object.assign(fields, path ? referenceEntry(path, value) : { [name]: value });
    if (path && value !== null && orgIdOf(value) === null)
      references.push({ field: name, object: path.object, key: String(value) });
  }
  const identity = row.id === null ? { [row.keyField]: row.key } : { id: row.id };
  const record = { attributes: { type: row.object }, ...fields, ...identity };
  return { row, plan, references, record, passAlerts: passAlerts || row.passAlerts === true };
}

/**
 * Lower ranks first. A record that comes twice goes into two groups: within one the org refuses all its rows
 * ("Duplicate external id specified").
 */
export function groupRows(rows: readonly PlannedRow[]): readonly Group[] {
  interface Draft extends Group {
    readonly rows: PlannedRow[];
    readonly identities: Set<string>;
  }
  const drafts = new Map<string, Draft[]>();
  for (const planned of rows) {
    const { rank, object, keyField, id, key } = planned.row;
    const { passAlerts } = planned;
    const verb = id === null ? "upsert" : "update";
    const name = JSON.stringify([rank, object, verb, verb === "upsert" ? keyField : "", passAlerts]);
    const identity = id ?? key.trim().toLowerCase();
    const siblings = drafts.get(name) ?? [];
    let draft = siblings.find(({ identities }) => !identities.has(identity));
    if (!draft) {
      draft = { rank, object, verb, keyField, passAlerts, rows: [], identities: new Set() };
      siblings.push(draft);
      drafts.set(name, siblings);
    }
    draft.rows.push(planned);
    draft.identities.add(identity);
  }
  return [...drafts.values()].flat().toSorted(byRank);
}

/** As few calls as the sizes in force allow, in order of rank. */
export function packGroups(groups: readonly Group[], size: WorkingSize): readonly Batch[] {
  const chunks = groups.flatMap((group) => chunk(group, size.rows(group.object))).toSorted(byRank);
  const batches: Batch[] = [];
  for (let start = 0; start < chunks.length; start += size.groups()) {
    batches.push(chunks.slice(start, start + size.groups()));
  }
  return batches;
}

/** Two smaller calls instead of one; a single row cannot be split. */
export function halveBatch(batch: Batch): readonly Batch[] {
  const [only] = batch;
  if (batch.length === 1 && only) return halveGroup(only).map((half) => [half]);
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}

export function halveGroup(group: Group): readonly Group[] {
  return chunk(group, Math.ceil(group.rows.length / 2));
}

export function toSubrequest(group: Group, index: number): Subrequest {
  const path =
    group.verb === "upsert"
      ? `/composite/sobjects/${encodeURIComponent(group.object)}/${encodeURIComponent(group.keyField)}`
      : "/composite/sobjects";
  const records = group.rows.map(({ record }) => record);
  const headers = duplicateHeaders({ allowSave: group.passAlerts });
  return { referenceId: `g${index}`, method: "PATCH", path, body: { allOrNone: false, records }, ...headers };
}

export function rowsOf(batch: Batch): readonly PlannedRow[] {
  return batch.flatMap((group) => group.rows);
}

function chunk(group: Group, size: number): Group[] {
  const chunks: Group[] = [];
  for (let start = 0; start < group.rows.length; start += size) {
    chunks.push({ ...group, rows: group.rows.slice(start, start + size) });
  }
  return chunks;
}

function byRank(left: Group, right: Group): number {
  return left.rank - right.rank;
}
