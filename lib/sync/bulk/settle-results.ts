/** The results of a job, settled as those of a call are: the same verdicts, the same transaction, some hundred at a time. */
import type { RowResult } from "@/lib/core/side";
import { settleBatch } from "../settle-batch";
import { holdOrRelease } from "../sync-batch";
import { verdictsOf } from "../verdict";
import { conclude } from "../write-batch";
import type { SyncDeps } from "../work";
import { plannedOf, type ClaimedJob } from "./jobs";

const sliceRows = 500;

/** Rows without a result, and those of a fault of the whole org, stay in the job's hands. Settled ones are out of them. */
export async function settleResults(
  deps: SyncDeps,
  job: ClaimedJob,
  recordOf: ReadonlyMap<string, number>,
  results: readonly RowResult[],
): Promise<void> {
  const { connectionId, leaseToken, knowledge } = job;
  const call = { callId: leaseToken, rows: job.rows };
  for (let start = 0; start < results.length; start += sliceRows) {
    const some = results.slice(start, start + sliceRows);
    const ids = some.flatMap(({ rowId }) => recordOf.get(rowId) ?? []);
    const answered = await plannedOf(deps.db, job, ids);
    const all = await conclude(
      deps,
      connectionId,
      answered,
      some,
      () => call,
      // Nothing was put into a job whose references were not linked.
      { wasLinked: () => true, asAwaited: ({ family, key }) => ({ family, key, linksSeen: 1 }) },
    );
    await holdOrRelease(deps, { connectionId, direction: "in" }, all);
    const ended = all.filter(({ outcome }) => outcome !== "untouched");
    const records = ended.map(({ record }) => record);
    const verdicts = verdictsOf(records, ended, deps.random);
    const batch = { connectionId, direction: "in" as const, leaseToken, lane: job.lane, records };
    await settleBatch({ ...deps, evaluated: knowledge }, batch, verdicts, ended);
  }
}
