import { JobFailure } from "./errors";
import { hasEnded, type Job, type JobState } from "./job";
import { paceOf, type Pace } from "./pace";
import type { Org } from "../org/org";
import { inTransaction } from "../org/transaction";

/** How long a job may keep the event loop before it lets requests through. */
const TURN_MS = 5;
const REST_MS = 1;
/** How often a job looks whether more of it is due. */
const LOOK_MS = 10;

export interface Work {
  /**
   * Does a little more, in time far below a turn.
   * @param due records that may be done by now
   * @returns "more" when there is more to do at once, "later" when nothing is due, "done" at the end
   * @throws JobFailure when the job as a whole fails
   */
  step: (due: (records: number) => number) => "more" | "later" | "done";
}

/** Sets the state and the moment it was reached. */
export function moveTo(org: Org, job: Job, state: JobState): void {
  job.state = state;
  job.changedAt = org.now();
  if (hasEnded(job)) org.jobs.noteEnded(job);
}

export function fail(org: Org, job: Job, message: string): void {
  job.errorMessage = message;
  moveTo(org, job, "Failed");
}

/**
 * Puts a job into the queue and works it off in turns of the event loop, so that requests go on in between. The work
 * stops when the job is aborted or deleted, or another org takes this one's place.
 */
export function startWork(org: Org, job: Job, work: Work): void {
  moveTo(org, job, "UploadComplete");
  job.queuedAt = job.changedAt;
  const pace = paceOf(org.options.bulk, org.faults.takeBulkDelayMs(job.objectName));
  org.jobs.later(() => takeTurns(org, job, work, pace), pace.waitMs);
}

function takeTurns(org: Org, job: Job, work: Work, pace: Pace): void {
  if (org.isRetired || !org.jobs.has(job) || hasEnded(job)) return;
  if (job.state === "UploadComplete") {
    moveTo(org, job, "InProgress");
    job.startedAt = job.changedAt;
  }
  const startedMs = job.startedAt?.getTime() ?? 0;
  const due = (records: number) => pace.dueAfter(org.now().getTime() - startedMs, records);
  const outcome = turn(org, job, work, due);
  if (outcome === "done") moveTo(org, job, "JobComplete");
  else if (outcome !== "failed") {
    org.jobs.later(() => takeTurns(org, job, work, pace), outcome === "more" ? REST_MS : LOOK_MS);
  }
}

function turn(
  org: Org,
  job: Job,
  work: Work,
  due: (records: number) => number,
): "more" | "later" | "done" | "failed" {
  const endMs = performance.now() + TURN_MS;
  try {
    const step = () => inTransaction(org, () => work.step(due));
    let outcome = step();
    while (outcome === "more" && performance.now() < endMs) outcome = step();
    return outcome;
  } catch (error) {
    if (!(error instanceof JobFailure))
      console.error("simulated Salesforce: a Bulk job failed unexpectedly:", error);
    fail(org, job, error instanceof JobFailure ? error.message : "InternalServerError : UNKNOWN_EXCEPTION");
    return "failed";
  }
}
