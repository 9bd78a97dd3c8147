/** The pipeline: one claimed batch from source state to settled records. Reads as its own table of contents. */
import { FaultError, faultRow, systemOf, type Fault } from "@/lib/core/faults";
import { writtenTo, type Kind } from "@/lib/core/words";
import { isDatabaseAway } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import { breather } from "@/lib/platform/turns";
import { blockSystem, unblockSystem } from "./block";
import { backSteps } from "./back-batch";
import { sparing } from "./bulk/eligible";
import { evaluateBatch } from "./evaluate-batch";
import { evaluatedBy } from "./knowledge";
import { matchIntents } from "./known-intents";
import { prepareMappings } from "./prepare";
import { leaseSeconds, renewLease } from "./lease";
import type { ClaimedBatch, ClaimedRecord } from "./records";
import { resolveReferences } from "./references";
import { settleBatch } from "./settle-batch";
import { noteUnseen } from "./unseen-codes";
import { verdictsOf, type Verdict } from "./verdict";
import type { LinkResult, SyncDeps } from "./work";
import { writeWorks } from "./write-batch";

/** How many records ended in which way. */
export type BatchReport = Readonly<Partial<Record<Verdict["state"], number>>>;

/** Brings a claimed batch to its end. Throws only when the database is away: then the lease runs out by itself. */
export async function syncBatch(deps: SyncDeps, batch: ClaimedBatch): Promise<BatchReport> {
  const ids = batch.records.map(({ id }) => id);
  const renewal = setInterval(
    () => {
      renewLease(deps.db, batch, ids).catch((error: unknown) =>
        deps.log.warn({ err: describeError(error) }, "the lease could not be renewed"),
      );
    },
    (leaseSeconds * 1000) / 3,
  );
  const report: Partial<Record<Verdict["state"], number>> = {};
  try {
    for await (const part of partsOf(deps, batch)) {
      if (part.records.length === 0) continue;
      const verdicts = verdictsOf(part.records, part.results, deps.random);
      const settling = { ...batch, records: part.records };
      await settleBatch({ ...deps, evaluated: evaluatedBy(deps) }, settling, verdicts, part.results);
      await holdOrRelease(deps, batch, heardBy(part.results));
      for (const { state } of verdicts) report[state] = (report[state] ?? 0) + 1;
    }
    return report;
  } finally {
    clearInterval(renewal);
  }
}

/** Some records of a batch with all their results: they can be settled while others are still under way. */
interface Part {
  readonly records: readonly ClaimedRecord[];
  readonly results: readonly LinkResult[];
}

/** Every record is in one part, and has a result there, whatever happens on the way. */
async function* partsOf(deps: SyncDeps, batch: ClaimedBatch): AsyncGenerator<Part> {
  const open = new Map(batch.records.map((record) => [record.id, record]));
  const take = (results: readonly LinkResult[]): Part => {
    const ids = new Set(results.map(({ record }) => record.id));
    const records = batch.records.filter(({ id }) => ids.has(id) && open.delete(id));
    return { records, results };
  };
  try {
    for await (const results of batch.direction === "in" ? inSteps(deps, batch) : backSteps(deps, batch))
      yield take(results);
  } catch (error) {
    if (!(error instanceof FaultError) && isDatabaseAway(error)) throw error;
    const fault = callFault(deps, error);
    const outcome = faultRow(fault.code).wide ? "untouched" : "retrying";
    yield take([...open.values()].map((record): LinkResult => ({ record, mapping: null, outcome, fault })));
  }
}

/** What ended before anything was written is settled also when the writing fails as a whole. */
async function* inSteps(deps: SyncDeps, batch: ClaimedBatch): AsyncGenerator<LinkResult[]> {
  const kinds = new Set(batch.records.flatMap((record): Kind[] => (record.kind ? [record.kind] : [])));
  const prepared = await prepareMappings(deps, kinds);
  const intents = await matchIntents(deps, batch);
  const records = batch.records.filter((record) => !intents.has(record.id));
  // Between slow expressions the lease is renewed and others of the process go on.
  const evaluated = await evaluateBatch({ ...deps, breathe: breather() }, records, prepared);
  const { connectionId } = batch;
  await noteUnseen(deps, connectionId, evaluated.unseen);
  const resolved = await resolveReferences(deps, connectionId, evaluated.works, prepared.writtenAs);
  const ended = [...intents.values(), ...evaluated.ended, ...resolved.ended];
  const working = new Set(resolved.works.map(({ record }) => record.id));
  // A record of several mappings is settled once, with all its results.
  yield ended.filter(({ record }) => !working.has(record.id));
  const partly = ended.filter(({ record }) => working.has(record.id));
  yield [...partly, ...(await writeWorks(sparing(deps, partly), batch, resolved))];
}

function callFault(deps: SyncDeps, error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  deps.log.error({ err: describeError(error) }, "a batch broke");
  return {
    code: "internal",
    sentence: "The connector met an error of its own. It tries again; IT finds the details in the log.",
  };
}

/** What was heard of the system that is written to. */
interface Heard {
  /** A fault of the whole system. */
  readonly wide: Fault | undefined;
  /** It has answered for a record. */
  readonly reached: boolean;
}

function heardBy(results: readonly LinkResult[]): Heard {
  const [wide] = results.flatMap((result) => (result.outcome === "untouched" ? [result.fault] : []));
  return { wide, reached: results.some((result) => result.call) };
}

/** A fault of the whole org holds the connection; any answer that reached a record lets it go again. */
export async function holdOrRelease(
  deps: Pick<SyncDeps, "db" | "log" | "random">,
  batch: Pick<ClaimedBatch, "connectionId" | "direction">,
  { wide, reached }: Heard,
): Promise<void> {
  const system = (wide && systemOf(wide.code)) ?? writtenTo[batch.direction];
  if (wide) await blockSystem(deps, batch.connectionId, system, wide);
  else if (reached) await unblockSystem(deps.db, batch.connectionId, system);
}
