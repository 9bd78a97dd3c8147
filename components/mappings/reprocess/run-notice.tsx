import type { ReprocessRun } from "@/lib/mappings/reprocess-contract";
import { Alert } from "../../ui/alert";
import { count, counted } from "../../ui/numbers";
import { ProgressBar } from "../../ui/progress-bar";
import { RelativeTime } from "../../ui/relative-time";
import { SameConnectionLink } from "../../ui/same-connection-link";
import { usePace } from "../../ui/use-pace";
import { askReprocess, useAsking, type Steering } from "./queries";
import { SteeringButtons } from "./steering-buttons";

interface RunNoticeProps {
  mappingId: number;
  run: ReprocessRun;
}

/** Records being taken through a version. */
export function RunNotice({ mappingId, run }: RunNoticeProps) {
  const steer = useAsking(mappingId, "Nothing was changed", (change: Steering) =>
    askReprocess.steer(mappingId, { runId: run.id, change }),
  );
  const pace = usePace(run.through, run.total, run.state === "running" && run.halted === null);
  const isPaused = run.state === "paused";
  return (
    <Alert
      tone={isPaused || run.halted ? "warning" : "info"}
      title={isPaused ? "Re-processing is paused" : `Re-processing through version ${run.number}`}
      actions={
        <SteeringButtons
          paused={isPaused}
          busy={steer.isPending}
          cancel="Cancel the rest"
          onSteer={(change) => steer.mutate(change)}
        />
      }
    >
      <ProgressBar label="Re-processing" done={run.through} total={run.total} />
      <p>
        {progressSentence(run)} {count(run.total - run.through)} remaining.
        {pace && ` ${pace.charAt(0).toUpperCase()}${pace.slice(1)}.`}
      </p>
      <NotThrough run={run} />
      {run.halted && <p>{run.halted}</p>}
    </Alert>
  );
}

/** How it ended. */
export function EndedNotice({ run }: { run: ReprocessRun }) {
  return (
    <Alert tone={run.failed > 0 ? "warning" : "success"} live>
      {run.state === "done" ? "Re-processed" : "Re-processing was cancelled"}{" "}
      <RelativeTime at={run.endedAt} />: {progressSentence(run)} <NotThrough run={run} />
    </Alert>
  );
}

function progressSentence({ through, total, written, number }: ReprocessRun): string {
  return `${count(through)} of ${counted(total, "record")} taken through version ${number}, ${count(written)} written to Salesforce.`;
}

/** The way to those that somebody has to look at. */
function NotThrough({ run: { id, failed } }: { run: ReprocessRun }) {
  if (failed === 0) return null;
  return (
    <SameConnectionLink path="/records" query={{ run: id }}>
      {counted(failed, "record")} did not get through
    </SameConnectionLink>
  );
}
