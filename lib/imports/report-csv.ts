/** The report as a file for a spreadsheet: what is told of the whole, then every record that is not in Salesforce. Pure. */
import { writeCsv } from "@/lib/core/csv";
import { importEnds } from "@/lib/core/imports/words";
import type { ImportReport } from "./contract";

/** More is no longer read by anybody. */
export const mostRows = 100_000;

export function reportCsv({
  run,
  minutes,
  perMinute,
  faults,
  notWritten,
  notWrittenTotal,
}: ImportReport): string {
  const { counts } = run;
  const left = notWrittenTotal - notWritten.length;
  return writeCsv([
    ["Part", "Name", "Number", "Why"],
    ["Import", "Stream", run.stream, ""],
    ["Import", "State", run.state, ""],
    ["Import", "Changed since", run.since, ""],
    ["Import", "Started", run.startedAt, run.startedBy],
    ["Import", "Approved", run.approvedAt ?? "", run.approvedBy ?? ""],
    ["Import", "Ended", run.endedAt ?? "", ""],
    ["Import", "Minutes", minutes.toFixed(1), ""],
    ["Import", "Records a minute", perMinute === null ? "" : perMinute.toFixed(1), ""],
    ["Import", "Expected", run.expected === null ? "" : String(run.expected), ""],
    ["Import", "Received", String(counts.received), ""],
    ["Import", "Of these known already", String(counts.known), ""],
    ...importEnds.map((end) => ["Outcome", end, String(counts.ends[end]), ""]),
    ["Outcome", "held", String(counts.held), ""],
    ["Outcome", "going", String(counts.going), ""],
    ...faults.map(({ code, number, sentence }) => ["Fault", code, String(number), sentence]),
    ...notWritten.map(({ kind, family, key, state, why }) => [
      "Not written",
      `${kind ?? family} ${key}`,
      state ?? "",
      why,
    ]),
    ...(left > 0 ? [["Not written", "and more", String(left), "The file holds no more rows."]] : []),
  ]);
}
