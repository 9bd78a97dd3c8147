import type { BulkJobStatus } from "@/lib/connections/contract";
import { Card } from "../ui/card";
import { count, counted } from "../ui/numbers";
import { ProgressBar } from "../ui/progress-bar";
import { LocalTime } from "../ui/relative-time";

const stateWords = {
  filling: "Records are being gathered for it",
  ready: "About to be sent to Salesforce",
  opened: "Being sent to Salesforce",
  loading: "Salesforce works on it",
  refused: "Salesforce did not take it; calls are used instead",
} as const satisfies Record<BulkJobStatus["state"], string>;

/** Large backlogs on their way to Salesforce, each as one job. */
export function BulkJobs({ jobs }: { jobs: readonly BulkJobStatus[] }) {
  if (jobs.length === 0) return null;
  return (
    <Card icon="record" title="Bulk jobs" aside={<span className="health-bulk__aside">{jobs.length}</span>}>
      <ul className="health-bulk">
        {jobs.map((job) => (
          <BulkJob key={job.id} job={job} />
        ))}
      </ul>
    </Card>
  );
}

function BulkJob({ job }: { job: BulkJobStatus }) {
  const { object, state, rows, processed, failed, since, url, sentence } = job;
  const what = `${counted(rows, "record")} of ${object}`;
  return (
    <li className="health-bulk__job">
      <p className="health-bulk__title">
        <strong>{state === "refused" ? object : what}</strong>
        {url && (
          <a href={url} target="_blank" rel="noreferrer" aria-label={`The job of ${what} in Salesforce`}>
            Open in Salesforce
          </a>
        )}
      </p>
      {state === "loading" && <ProgressBar label={`Bulk job of ${what}`} done={processed} total={rows} />}
      <p className="slds-text-color_weak">
        {stateWords[state]}, since <LocalTime at={since} />
        {state === "loading" && `: ${count(processed)} of ${count(rows)} records`}
        {failed > 0 && `, ${count(failed)} of them refused`}.
      </p>
      {sentence && <p>{sentence}</p>}
    </li>
  );
}
