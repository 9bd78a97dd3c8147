import { isDatabaseAway } from "@/lib/platform/db";
import { describeError } from "@/lib/platform/log";
import { backoffMs } from "@/lib/core/backoff";
import type { Fault } from "@/lib/core/faults";
import type { EvaluatedBy } from "@/lib/core/mapping/published";
import type { ClaimedBatch } from "./records";
import { settle } from "./settle";
import type { Verdict } from "./verdict";
import type { LinkResult, SyncDeps } from "./work";

type SettleDeps = Pick<SyncDeps, "db" | "log" | "random"> & { readonly evaluated: EvaluatedBy };

const broken: Fault = {
  code: "internal",
  sentence:
    "The connector could not note how this ended, and tries again. If it stays so, IT finds the details in the log.",
};

/**
 * Settles a batch. Should the database refuse what one record led to, the batch is halved until that record is alone: it
 * is told as broken, and the others are settled as they ended. Throws only when the database is away.
 */
export async function settleBatch(
  deps: SettleDeps,
  batch: ClaimedBatch,
  verdicts: readonly Verdict[],
  results: readonly LinkResult[],
): Promise<void> {
  try {
    await settle(deps.db, batch, verdicts, results, deps.evaluated);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    const [first] = verdicts;
    if (!first) throw error;
    if (verdicts.length === 1) {
      deps.log.error(
        { recordId: first.record.id, err: describeError(error) },
        "a record could not be settled",
      );
      await settle(deps.db, batch, [brokenVerdict(deps, first)], [brokenResult(first)], deps.evaluated);
      return;
    }
    const middle = Math.ceil(verdicts.length / 2);
    for (const half of [verdicts.slice(0, middle), verdicts.slice(middle)]) {
      const ids = new Set(half.map((verdict) => verdict.record.id));
      const records = batch.records.filter((record) => ids.has(record.id));
      const own = results.filter((result) => ids.has(result.record.id));
      await settleBatch(deps, { ...batch, records }, half, own);
    }
  }
}

function brokenVerdict(deps: SettleDeps, { record }: Verdict): Verdict {
  const retryInMs = backoffMs(record.attempts, deps.random());
  return { record, state: "retrying", outcome: null, fault: broken, retryInMs, awaited: [], wrote: false };
}

function brokenResult({ record }: Verdict): LinkResult {
  return { record, mapping: null, outcome: "retrying", fault: broken };
}
