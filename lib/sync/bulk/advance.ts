/**
 * One step of a Bulk job: made in the org, loaded, looked at, settled. The job's id is stored before its file is uploaded, so
 * whoever comes after a crash knows what to ask for; a job that never began is aborted and made anew.
 */
import { BulkRefused, nextLookMs, type BulkLoads, type BulkProgress } from "@/lib/core/bulk";
import { FaultError, faultRow, systemOf, type Fault } from "@/lib/core/faults";
import { isDatabaseAway } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import { blockSystem } from "../block";
import type { SyncDeps } from "../work";
import {
  endJob,
  JobLost,
  postpone,
  renewJob,
  rowsOf,
  salesforceIdOf,
  splitOff,
  storeStep,
  type ClaimedJob,
} from "./jobs";
import { settleResults } from "./settle-results";

/** Fewer rows than one call carries are not worth a job. */
const callRows = 1_000;
const firstLookMs = 1_000;
const renewMs = 15_000;
const againMs = 30_000;
/** So many steps in a row may come to nothing before the job is given up. */
const mostTries = 10;
/** How long calls are used after the org refused a job. */
const refusedForMs = 60 * 60_000;

type Deps = SyncDeps & { readonly side: { readonly bulk: BulkLoads } };

/** Never throws but when the database is away: then the worker's hold on the job runs out by itself. */
export async function advanceJob(deps: SyncDeps, job: ClaimedJob): Promise<void> {
  const { bulk } = deps.side;
  const renewal = setInterval(() => {
    renewJob(deps.db, job).catch((error: unknown) =>
      deps.log.warn({ err: describeError(error) }, "a Bulk job could not be renewed"),
    );
  }, renewMs);
  try {
    if (!bulk || job.state === "refused") await endJob(deps.db, job);
    else await step({ ...deps, side: { ...deps.side, bulk } }, job);
  } catch (error) {
    if (error instanceof JobLost) return;
    if (!(error instanceof FaultError) && isDatabaseAway(error)) throw error;
    await stumbled(deps, job, error);
  } finally {
    clearInterval(renewal);
  }
}

async function step(deps: Deps, job: ClaimedJob): Promise<void> {
  const { state, salesforceId } = job;
  if (state === "filling" || state === "ready" || salesforceId === null) return begin(deps, job);
  const progress = await deps.side.bulk.look(salesforceId);
  // It never began: an open job has written nothing.
  if (progress?.state === "open") {
    await deps.side.bulk.abort(salesforceId);
    return storeStep(deps.db, job, { state: "ready", salesforceId: null });
  }
  if (progress?.state === "working") {
    const dueInMs = nextLookMs({ ...job, processed: progress.processed });
    return storeStep(deps.db, job, { state: "loading", salesforceId, dueInMs, progress });
  }
  if (progress?.state !== "complete")
    deps.log.warn({ jobId: job.id, salesforceId, gone: progress === null }, "a Bulk job broke off");
  // What one that broke off has written stays written, and its results say what that is.
  return progress ? settleAll(deps, job, salesforceId, progress) : endJob(deps.db, job);
}

async function begin(deps: Deps, job: ClaimedJob): Promise<void> {
  const { db, side, settings } = deps;
  const held = await rowsOf(db, job);
  if (held.length < Math.min(callRows, settings.bulkFrom)) return endJob(db, job);
  const { text, rowIds, rest } = await side.bulk.file(
    job.target,
    held.map(({ row }) => row),
  );
  if (rowIds.size === 0) return endJob(db, job);
  if (rest.size > 0) {
    const left = held.flatMap(({ recordId, row }) => (rest.has(row.rowId) ? [recordId] : []));
    await splitOff(db, job, left);
  }
  const salesforceId = await side.bulk.open(job.target);
  try {
    await storeStep(db, job, { state: "opened", salesforceId, goesOn: true });
  } catch (error) {
    if (error instanceof JobLost) await side.bulk.abort(salesforceId);
    throw error;
  }
  await side.bulk.load(salesforceId, text);
  await storeStep(db, job, { state: "loading", salesforceId, dueInMs: firstLookMs });
}

/** What the org did not come to, and what only calls can cure, is written by them; what the org as a whole refused is as it was. */
async function settleAll(
  deps: Deps,
  job: ClaimedJob,
  salesforceId: string,
  progress: BulkProgress,
): Promise<void> {
  const { db, side, log } = deps;
  const held = await rowsOf(db, job);
  const rows = held.map(({ row }) => row);
  const results = await side.bulk.results(salesforceId, job.target, rows, progress);
  const recordOf = new Map(held.map(({ recordId, row }) => [row.rowId, recordId]));
  const untried = await settleResults(deps, job, recordOf, results);
  await endJob(db, job, { untried });
  const { processed, failed } = progress;
  log.info({ jobId: job.id, salesforceId, rows: job.rows, processed, failed }, "a Bulk job ended");
}

/**
 * Nothing is given up while the org may still come to it: then an older value could be written over a newer one. So a job is
 * aborted first.
 */
async function stumbled(deps: SyncDeps, job: ClaimedJob, error: unknown): Promise<void> {
  const fault = faultOf(deps, error);
  const { db } = deps;
  try {
    if (error instanceof BulkRefused || job.tries >= mostTries) {
      const salesforceId = await salesforceIdOf(db, job);
      if (salesforceId !== null) await deps.side.bulk?.abort(salesforceId);
      await endJob(db, job, { refused: { fault, forMs: refusedForMs } });
      return;
    }
    const wide = faultRow(fault.code).wide === true;
    if (wide) await blockSystem(deps, job.connectionId, systemOf(fault.code) ?? "salesforce", fault);
    await postpone(db, job, fault, { inMs: wide ? 0 : againMs, counts: !wide });
  } catch (again) {
    if (again instanceof JobLost) return;
    if (!(again instanceof FaultError)) throw again;
    await postpone(db, job, again.fault, { inMs: againMs, counts: false });
  }
}

function faultOf(deps: SyncDeps, error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  deps.log.error({ err: describeError(error) }, "a Bulk job broke");
  return {
    code: "internal",
    sentence: "The connector met an error of its own. It tries again; IT finds the details in the log.",
  };
}
