/** Bulk jobs that are due, each for one step: no worker is held by a job that the org is busy with. */
import { FaultError, systemOf } from "@/lib/core/faults";
import type { Database } from "@/lib/platform/db";
import type { Logger } from "@/lib/platform/log";
import { advanceJob } from "@/lib/sync/bulk/advance";
import { postpone, type ClaimedJob } from "@/lib/sync/bulk/jobs";
import { blockSystem } from "@/lib/sync/block";
import type { OpenDeps } from "./open-deps";

const againMs = 5_000;

export async function advanceBulkJob(
  { db, log, openDeps }: { readonly db: Database; readonly log: Logger; readonly openDeps: OpenDeps },
  job: ClaimedJob,
): Promise<void> {
  try {
    await advanceJob(await openDeps(job.connectionId, "in"), job);
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
