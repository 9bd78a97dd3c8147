import { and, eq, inArray, sql } from "drizzle-orm";
import { record, recordDirection } from "@/drizzle/schema";
import type { FaultCode } from "@/lib/core/faults";
import { lanes, type Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { lockOfKnowledge } from "@/lib/platform/knowledge-lock";

/** What a changed mapping or value map may cure: our own holds, and what a side refused because of a field's value. */
export const curableByMapping = [
  "missing_value",
  "invalid_value",
  "too_long",
  "unknown_code",
  "expression_failed",
  "expression_slow",
  "field_missing",
  "no_mapping",
  "missing_key",
  "required_missing",
  "duplicate_rule",
  "duplicate_value",
  "validation_rule",
  "picklist_value",
  "refused",
  "not_expressible",
  "s360_refused",
] as const satisfies readonly FaultCode[];

/**
 * Makes held records of these kinds due again in both directions, behind live traffic, and wakes the workers: a mapping
 * is read backwards on the way to S-360. Batches that were evaluated before are settled before this, and released, or
 * after the transaction, and then see it (lib/sync/knowledge.ts). To be called in the transaction that publishes or
 * saves, after it did. Returns how many.
 */
export async function releaseHeld(
  tx: Queryable,
  scope: { readonly connectionId: number; readonly kinds: readonly Kind[] },
): Promise<number> {
  const { connectionId } = scope;
  await tx.execute(sql`select pg_advisory_xact_lock(${lockOfKnowledge}::int, ${connectionId}::int)`);
  const kindRecords = tx
    .select({ id: record.id })
    .from(record)
    .where(and(eq(record.connectionId, scope.connectionId), inArray(record.kind, [...scope.kinds])));
  const released = await tx
    .update(recordDirection)
    .set({
      state: "pending",
      dueAt: sql`now()`,
      changedAt: sql`now()`,
      attempts: 0,
      fault: null,
      lane: lanes.replay,
    })
    .where(
      and(
        eq(recordDirection.connectionId, scope.connectionId),
        inArray(recordDirection.state, ["failed", "retrying"]),
        inArray(sql`${recordDirection.fault}->>'code'`, [...curableByMapping]),
        inArray(recordDirection.recordId, kindRecords),
      ),
    );
  await wakeWorkers(tx, scope.connectionId);
  return released.rowCount ?? 0;
}

/**
 * Sales that what is said of sales without a contact concerns: those that wait for one, and those that name none. They are
 * due behind live traffic. Those that a worker or a Bulk job has in hand see it when they are settled
 * (lib/sync/knowledge.ts). To be called in the transaction that saves, after it did. Returns how many.
 */
export async function releaseSales(tx: Queryable, connectionId: number): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(${lockOfKnowledge}::int, ${connectionId}::int)`);
  const released = await tx.execute(sql`
    update record_direction d set state = 'pending', due_at = now(), changed_at = now(), attempts = 0, lane = ${lanes.replay}
    from record r join record o on o.id = r.parent_id
    where r.connection_id = ${connectionId} and r.family = 'operation' and d.record_id = r.id and d.direction = 'in'
      and (d.state = 'waiting'
        or coalesce(o.s360_state ->> 'contactReference', '') = '' and d.state in ('idle', 'ignored', 'retrying'))`);
  await wakeWorkers(tx, connectionId);
  return released.rowCount ?? 0;
}

/** Delivered when the transaction commits. */
export async function wakeWorkers(tx: Queryable, connectionId: number): Promise<void> {
  await tx.execute(sql`select pg_notify('work', ${String(connectionId)})`);
}
