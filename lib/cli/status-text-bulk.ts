import type { BulkJobStatus } from "@/lib/connections/contract";
import { time } from "./status-time";

/** A line for each Bulk job that is on its way. */
export function bulkLines(jobs: readonly BulkJobStatus[]): string[] {
  return jobs.map(({ object, state, rows, processed, failed, since, sentence }) => {
    const why = sentence ? `: ${sentence}` : "";
    if (state === "refused") return `  No Bulk job for ${object} since ${time(since)}${why}`;
    const refused = failed > 0 ? `, ${failed} refused` : "";
    return `  Bulk job for ${object} since ${time(since)}: ${processed} of ${rows} records${refused}${why}`;
  });
}
