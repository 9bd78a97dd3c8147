/** The pipeline: one claimed batch from source state to settled records. Reads as its own table of contents. */
import { FaultError, faultRow, type Fault } from "@/lib/core/faults";
import { writtenTo, type Kind } from "@/lib/core/words";
import { isDatabaseAway } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import { blockSystem, unblockSystem } from "./block";
import { backBatch } from "./back-batch";
import { evaluateBatch } from "./evaluate-batch";
import { matchIntents } from "./known-intents";
import { prepareMappings } from "./prepare";
import { leaseSeconds, renewLease, type ClaimedBatch } from "./records";
import { resolveReferences } from "./references";
import { settleBatch } from "./settle-batch";
import { verdictsOf, type Verdict } from "./verdict";
import type { LinkResult, SyncDeps } from "./work";
import { writeWorks } from "./write-batch";

/** How many records ended in which way. */
export type BatchReport = Readonly<Partial<Record<Verdict["state"], number>>>;

/** Brings a claimed batch to its end. Throws only when the database is away: then the lease runs out by itself. */
export async function syncBatch(deps: SyncDeps, batch: ClaimedBatch): Promise<BatchReport> {
  const renewal = setInterval(
    () => {
      renewLease(deps.db, batch).catch((error: unknown) =>
        deps.log.warn({ err: describeError(error) }, "the lease could not be renewed"),
      );
    },
    (leaseSeconds * 1000) / 3,
  );
  try {
    const results = await resultsOf(deps, batch);
    const verdicts = verdictsOf(batch.records, results, deps.random);
    await settleBatch(deps, batch, verdicts, results);
    await holdOrRelease(deps, batch, results);
    return count(verdicts);
  } finally {
    clearInterval(renewal);
  }
}

/** Every record has a result, whatever happens on the way. */
async function resultsOf(deps: SyncDeps, batch: ClaimedBatch): Promise<LinkResult[]> {
  const ended: LinkResult[] = [];
  try {
    if (batch.direction === "out") return await backBatch(deps, batch);
    const kinds = new Set(batch.records.flatMap((record): Kind[] => (record.kind ? [record.kind] : [])));
    const prepared = await prepareMappings(deps, kinds);
    const intents = await matchIntents(deps, batch.connectionId, batch.records);
    ended.push(...intents.values());
    const records = batch.records.filter((record) => !intents.has(record.id));
    const evaluated = await evaluateBatch(deps, records, prepared);
    ended.push(...evaluated.ended);
    const resolved = await resolveReferences(
      deps.db,
      batch.connectionId,
      evaluated.works,
      prepared.writtenAs,
    );
    ended.push(...resolved.waiting);
    const written = await writeWorks(deps, batch.connectionId, resolved);
    return [...ended, ...written];
  } catch (error) {
    if (!(error instanceof FaultError) && isDatabaseAway(error)) throw error;
    const fault = callFault(deps, error);
    const told = new Set(ended.map((result) => result.record.id));
    const outcome = faultRow(fault.code).wide ? "untouched" : "retrying";
    const rest = batch.records.filter((record) => !told.has(record.id));
    return [...ended, ...rest.map((record): LinkResult => ({ record, mapping: null, outcome, fault }))];
  }
}

function callFault(deps: SyncDeps, error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  deps.log.error({ err: describeError(error) }, "a batch broke");
  return {
    code: "internal",
    sentence: "The connector met an error of its own. It tries again; IT finds the details in the log.",
  };
}

/** A fault of the whole org holds the connection; any answer that reached a record lets it go again. */
async function holdOrRelease(
  deps: SyncDeps,
  batch: ClaimedBatch,
  results: readonly LinkResult[],
): Promise<void> {
  const [wide] = results.flatMap((result) => (result.outcome === "untouched" ? [result.fault] : []));
  const system = writtenTo[batch.direction];
  if (wide) await blockSystem(deps, batch.connectionId, system, wide);
  else if (results.some((result) => result.call)) await unblockSystem(deps.db, batch.connectionId, system);
}

function count(verdicts: readonly Verdict[]): BatchReport {
  const report: Partial<Record<Verdict["state"], number>> = {};
  for (const verdict of verdicts) report[verdict.state] = (report[verdict.state] ?? 0) + 1;
  return report;
}
