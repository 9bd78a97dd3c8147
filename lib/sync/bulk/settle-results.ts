/** The results of a job, settled as those of a call are: the same verdicts, the same transaction, some hundred at a time. */
import { faultRow, type Fault } from "@/lib/core/faults";
import type { RowResult } from "@/lib/core/side";
import { settleBatch } from "../settle-batch";
import { holdOrRelease } from "../sync-batch";
import { verdictsOf } from "../verdict";
import { conclude } from "../write-batch";
import type { SyncDeps } from "../work";
import { plannedOf, type ClaimedJob } from "./jobs";

const sliceRows = 500;

/**
 * Rows without a result, and those of a fault of the whole org, stay in the job's hands. Settled ones are out of them. Gives
 * the records of a fault of the whole org: nothing was tried of them. Such a fault holds the connection once, before anything
 * is settled, however many rows it is told of.
 */
export async function settleResults(
  deps: SyncDeps,
  job: ClaimedJob,
  recordOf: ReadonlyMap<string, number>,
  results: readonly RowResult[],
): Promise<readonly number[]> {
  const { connectionId, leaseToken, knowledge } = job;
  const faultOf = new Map(results.map((result) => [result.rowId, wideFault(result)]));
  const [wide] = [...faultOf.values()].flatMap((fault) => fault ?? []);
  await holdOrRelease(deps, { connectionId, direction: "in" }, { wide, reached: results.length > 0 });
  const told = results.filter(({ rowId }) => !faultOf.get(rowId));
  const call = { callId: leaseToken, rows: job.rows };
  for (let start = 0; start < told.length; start += sliceRows) {
    const some = told.slice(start, start + sliceRows);
    const ids = some.flatMap(({ rowId }) => recordOf.get(rowId) ?? []);
    const answered = await plannedOf(deps.db, job, ids);
    const ended = await conclude(
      deps,
      connectionId,
      answered,
      some,
      () => call,
      // Nothing was put into a job whose references were not linked.
      { wasLinked: () => true, asAwaited: ({ family, key }) => ({ family, key, linksSeen: 1 }) },
    );
    const records = ended.map(({ record }) => record);
    const verdicts = verdictsOf(records, ended, deps.random);
    const batch = { connectionId, direction: "in" as const, leaseToken, lane: job.lane, records };
    await settleBatch({ ...deps, evaluated: knowledge }, batch, verdicts, ended);
  }
  return results.flatMap(({ rowId }) => (faultOf.get(rowId) ? (recordOf.get(rowId) ?? []) : []));
}

function wideFault(result: RowResult): Fault | null {
  return !result.ok && faultRow(result.fault.code).wide ? result.fault : null;
}
