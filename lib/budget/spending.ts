/**
 * Whose calls are being made, and who may make some now. The verdict is read once in a few seconds per process and
 * connection; calls that this process makes in between are added to it, so asking it costs no round trip per batch. What
 * other processes spend meanwhile is known with the next reading: together they may exceed a share by a few calls.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { openLanes, type BudgetFacts } from "@/lib/core/budget/budget";
import { lanes, type Lane } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import { readFacts } from "./facts";

const current = new AsyncLocalStorage<Lane>();

/** Every call to Salesforce that the work makes is counted for this lane. */
export function spendFor<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
  return current.run(lane, work);
}

/** What nobody has named, such as looking at the org's fields on a page, is the least urgent. */
export function spendingLane(): Lane {
  return current.getStore() ?? lanes.reconciliation;
}

const freshForMs = 5_000;

interface Known {
  readonly readAt: number;
  /** The database's clock when it was read. */
  readonly nowMs: number;
  facts: BudgetFacts;
}

const known = new WeakMap<Database, Map<number, Known>>();

/** The lanes of a connection that may spend calls to Salesforce now, the most urgent first. */
export async function lanesThatMaySpend(db: Database, connectionId: number): Promise<readonly Lane[]> {
  const found = knownOf(db).get(connectionId);
  const fresh = found && performance.now() - found.readAt < freshForMs ? found : await read(db, connectionId);
  return fresh ? openLanes(fresh.facts, clockOf(fresh)) : [];
}

/** A call that this process has made counts at once, and so does what the org said with its answer. */
export function noteCall(
  db: Database,
  connectionId: number,
  lane: Lane,
  org?: { readonly used: number; readonly limit: number },
): void {
  const found = knownOf(db).get(connectionId);
  if (!found) return;
  const nowMs = clockOf(found);
  const { hours, org: before } = found.facts;
  found.facts = {
    ...found.facts,
    hours: [...hours, { hourMs: nowMs, lane, calls: 1 }],
    org: org ? { ...org, heardMs: nowMs } : before,
  };
}

async function read(db: Database, connectionId: number): Promise<Known | null> {
  const readAt = performance.now();
  const stored = await readFacts(db, connectionId);
  if (!stored) return null;
  const fresh = { readAt, ...stored };
  knownOf(db).set(connectionId, fresh);
  return fresh;
}

function knownOf(db: Database): Map<number, Known> {
  const found = known.get(db) ?? new Map<number, Known>();
  known.set(db, found);
  return found;
}

function clockOf({ readAt, nowMs }: Known): number {
  return nowMs + (performance.now() - readAt);
}
