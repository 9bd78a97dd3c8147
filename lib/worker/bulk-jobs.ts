/**
 * Bulk jobs that are due, each for one step: no worker is held by a job that the org is busy with. A job whose lane is short of
 * calls does not begin: it is taken apart, so that its records wait for calls like any others and what comes in a more urgent
 * lane meanwhile is written. One that has begun goes on, for its records wait for it.
 */
import { FaultError, systemOf } from "@/lib/core/faults";
import { lanesThatMaySpend, spendFor } from "@/lib/budget/spending";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import { advanceJob } from "@/lib/sync/bulk/advance";
import { dissolve, postpone, type ClaimedJob } from "@/lib/sync/bulk/jobs";
import { blockSystem } from "@/lib/sync/block";
import type { OpenDeps } from "./open-deps";

const againMs = 5_000;

export async function advanceBulkJob(
  { db, log, openDeps }: { readonly db: Database; readonly log: Logger; readonly openDeps: OpenDeps },
  job: ClaimedJob,
): Promise<void> {
  try {
    const isNew = job.state === "filling" || job.state === "ready";
    if (isNew && !(await lanesThatMaySpend(db, job.connectionId)).includes(job.lane)) {
      await dissolve(db, job);
      return;
    }
    const deps = await openDeps(job.connectionId, "in");
    await spendFor(job.lane, () => advanceJob(deps, job));
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { fault } = error;
    await blockSystem(
      { db, log, random: Math.random },
      job.connectionId,
      systemOf(fault.code) ?? "salesforce",
      fault,
    );
    await postpone(db, job, fault, { inMs: againMs, counts: false });
  }
}
