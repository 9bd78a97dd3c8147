import { delimiterOf } from "./csv-reply";
import { quoted } from "./csv-text";
import { JobFailure } from "./errors";
import type { QueryJob } from "./job";
import type { QueryColumn } from "./query-columns";
import { lineOf } from "./query-line";
import type { Work } from "./worker";
import type { Org } from "../org/org";
import type { QueryOutcome } from "../soql/run";

const RECORDS_PER_STEP = 1_000;

/** The work of a query job: write the records found, step by step, as CSV. */
export function queryWork(
  org: Org,
  job: QueryJob,
  columns: readonly QueryColumn[],
  outcome: QueryOutcome,
): Work {
  const failure = org.faults.takeBulkFailure(job.objectName);
  const end = Math.min(outcome.rowCount, failure?.afterRows ?? outcome.rowCount);
  const delimiter = delimiterOf(job);
  job.header = columns.map(({ name }) => quoted(name)).join(delimiter);
  return {
    step: (due) => {
      if (failure && job.processed >= end) throw new JobFailure(failure.message);
      if (job.processed >= end) return due(1) < 1 ? "later" : finish(org, job);
      const next = Math.min(end, job.processed + RECORDS_PER_STEP);
      if (due(outcome.rowCount) < next) return "later";
      const { records } = outcome.page(job.processed, { size: next - job.processed, keep: noChildren });
      for (const record of records) job.lines.push(lineOf(record, columns, delimiter));
      job.processed = next;
      return "more";
    },
  };
}

/** Child queries, the only lists within a list, were refused. */
function noChildren(): never {
  throw new Error("A Bulk query has no child queries.");
}

function finish(org: Org, job: QueryJob): "done" {
  const characters = job.lines.reduce((sum, line) => sum + line.length + 1, job.header.length + 1);
  org.jobs.countQueryResult(characters, org.now());
  return "done";
}
