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
  const steer = useAsking(
    mappingId,
    "Nothing was changed",
    (change: Steering) => askReprocess.steer(mappingId, { runId: run.id, change }),
    (status, change) => (status.run?.id === run.id ? overAlready(status.run, change) : null),
  );
  const pace = usePace(run.through, run.total, run.state === "running" && run.halted === null);
  const isPaused = run.state === "paused";
  return (
    <Alert
      tone={isPaused || run.halted ? "warning" : "info"}
      title={titleOf(run)}
      actions={
        run.state !== "cancelling" && (
          <SteeringButtons
            paused={isPaused}
            busy={steer.isPending}
            cancel="Cancel the rest"
            onSteer={(change) => steer.mutate(change)}
          />
        )
      }
    >
      <ProgressBar label="Re-processing" done={run.through} total={run.total} />
      <p>
        {progressSentence(run)} {count(run.total - run.through)} remaining{onTheWay(run)}.
        {pace && ` ${pace.charAt(0).toUpperCase()}${pace.slice(1)}.`}
      </p>
      <NotThrough run={run} />
      {run.halted && <p>{run.halted}</p>}
    </Alert>
  );
}

function titleOf({ state, number }: ReprocessRun): string {
  if (state === "paused") return "Re-processing is paused";
  return state === "cancelling"
    ? "Re-processing is being cancelled"
    : `Re-processing through version ${number}`;
}

/** Nobody is to think that what is being written this moment stays as it is. */
function onTheWay({ onTheWay: number }: ReprocessRun): string {
  if (number === 0) return "";
  return number === 1
    ? ": 1 of them is on its way already and will be finished"
    : `: ${count(number)} of them are on their way already and will be finished`;
}

/** What was to be changed had come to its end by itself, or by somebody else's hand; null when it was changed. */
function overAlready({ state }: ReprocessRun, change: Steering): string | null {
  if (state === "done") return "It was through already: nothing is left to re-process";
  if (change === "cancel") return null;
  return state === "cancelling" || state === "cancelled" ? "It was cancelled already" : null;
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
