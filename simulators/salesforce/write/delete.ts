import { dependentsOf, rowsToDelete, type Dependent, type RowToDelete } from "./delete-set";
import { binned, isRestored, type EmptiedLookup } from "./recycle-bin";
import { failure, type SaveResult } from "./save-result";
import { refusalOfWonOpportunities } from "./won-opportunities";
import { modified } from "./write-row";
import type { Writer } from "./writer";
import type { SObject } from "../model/schema";
import type { Row, Value } from "../model/types";
import { salesforceDateTime } from "../org/clock";
import type { Org } from "../org/org";

/**
 * Moves a record to the recycle bin, with the children that a cascade takes along; lookups of other records to it
 * become empty without counting as a change of them. A lookup that forbids it refuses. A person's contact goes with its
 * account and cannot be deleted alone.
 */
export function deleteRow(org: Org, writer: Writer, object: SObject, id: string): SaveResult {
  const row = org.store.table(object).get(id);
  if (!row) return failure("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  if (row.IsDeleted) return failure("ENTITY_IS_DELETED", "entity is deleted");
  if (!object.model.deletable) {
    const isRightMissing = org.schema.find(object.name)?.model.deletable === true;
    return failure(
      "INSUFFICIENT_ACCESS_OR_READONLY",
      isRightMissing
        ? "insufficient access rights on object id"
        : `entity type cannot be deleted: ${object.model.label}`,
    );
  }
  if (object.name === "Contact" && row.IsPersonAccount === true) {
    return failure(
      "INVALID_PERSON_ACCOUNT_OPERATION",
      "cannot delete the contact of a person account: delete the account",
    );
  }
  const rows = rowsToDelete(org, org.schema.find(object.name) ?? object, row);
  const refusal = refusalOfWonOpportunities(org, rows) ?? restrictionOf(org, rows);
  if (refusal) return refusal;
  if (org.faults.takeRowLock(object.name, () => Object.values(row))) {
    return failure(
      "UNABLE_TO_LOCK_ROW",
      `unable to obtain exclusive access to this record or 1 records: ${id}`,
    );
  }
  moveToBin(org, writer.userId, rows);
  return { success: true, id, created: false };
}

/**
 * Moves rows to the bin as one event: the first is what the user deleted, the others went along. `extra` stands in
 * every row besides.
 */
export function moveToBin(
  org: Org,
  userId: string,
  rows: readonly RowToDelete[],
  extra: (row: Row) => Row = () => ({}),
): void {
  const [first, ...others] = rows;
  if (!first) return;
  const firstId = String(first.row.Id);
  const stamp = modified(salesforceDateTime(org.now()), userId);
  for (const { object, row } of rows) org.store.put(object, binned(currentRow(org, object, row), stamp, {}));
  for (const { object, row } of others) {
    const emptied = emptyLookups(org, object, String(row.Id));
    const deletion = { takenAlongBy: firstId, emptiedLookups: emptied };
    org.store.put(object, binned(currentRow(org, object, row), { ...stamp, ...extra(row) }, deletion));
  }
  const deletion = {
    tookAlong: others.map(({ object, row }) => [object.name, String(row.Id)] as const),
    emptiedLookups: emptyLookups(org, first.object, firstId),
  };
  const row = currentRow(org, first.object, first.row);
  org.store.put(first.object, binned(row, { ...stamp, ...extra(first.row) }, deletion));
}

/** A row as it is by now: a deletion may change one more than once, by each lookup that points to what goes. */
function currentRow(org: Org, object: SObject, row: Row): Row {
  return org.store.table(object).get(String(row.Id)) ?? row;
}

function emptyLookups(org: Org, object: SObject, id: string): EmptiedLookup[] {
  const emptied: EmptiedLookup[] = [];
  for (const { child, field, row } of dependentsOf(org, object, id)) {
    const rest: Record<string, Value> = { ...currentRow(org, child, row) };
    delete rest[field.name];
    org.store.put(child, rest);
    if (isRestored(child, field)) emptied.push([child.name, String(row.Id), field.name]);
  }
  return emptied;
}

/** Records outside the event whose lookup forbids that one of these rows goes (recorded wording). */
export function restrictionOf(org: Org, rows: readonly RowToDelete[]): SaveResult | undefined {
  const going = new Set(rows.map(({ row }) => row.Id));
  for (const { object, row } of rows) {
    const holding = dependentsOf(org, object, String(row.Id)).filter(
      (dependent) => dependent.field.restrictedDelete && !going.has(dependent.row.Id ?? null),
    );
    if (holding.length > 0) return refusedBy(row, holding);
  }
  return undefined;
}

function refusedBy(row: Row, holding: readonly Dependent[]): SaveResult {
  const { child } = holding[0] ?? {};
  const names = holding
    .filter((dependent) => dependent.child === child)
    .map((dependent) => String(dependent.row.Name ?? dependent.row.Id));
  return failure(
    "DELETE_FAILED",
    `Your attempt to delete ${String(row.Name ?? row.Id)} could not be completed because it is associated with the following ${child?.model.labelPlural.toLowerCase() ?? "records"}.: ${names.join(", ")}\n`,
  );
}
