/** What the worker does beside draining and polling: decisions of people carried out, mass updates that are through closed. */
import { sql } from "drizzle-orm";
import { spendFor } from "@/lib/budget/spending";
import { isHeld } from "@/lib/connections/hold";
import { FaultError } from "@/lib/core/faults";
import { lanes } from "@/lib/core/words";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import { carryOut } from "@/lib/reviews/carry-out";
import { closeFinished } from "@/lib/reviews/mass-update";
import type { OpenDeps } from "./open-deps";

export interface ChoresInput {
  readonly db: Database;
  readonly log: Logger;
  readonly openDeps: OpenDeps;
}

/** Connections whose reviews somebody has decided, and that are not carried out yet. */
export async function connectionsWithDecisions(db: Database): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select distinct connection_id as id from review where state = 'deciding' order by 1`);
  return rows.rows.map((row) => Number(row.id));
}

/** One turn for a connection. What Salesforce refuses is noted at the review, and tried again by itself. */
export async function carryOutDecisions(input: ChoresInput, connectionId: number): Promise<void> {
  const { db, log, openDeps } = input;
  await closeFinished(db, connectionId);
  if (await isHeld(db, connectionId, "salesforce")) return;
  try {
    const { side } = await openDeps(connectionId, "in");
    // A person waits for it, and it is one call each: it is counted, and never waits.
    const { done } = await spendFor(lanes.replay, () => carryOut({ db, side }, connectionId));
    if (done > 0) log.info({ connectionId, done }, "decisions carried out");
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    log.warn({ connectionId, code: error.fault.code }, "decisions could not be carried out");
  }
}
