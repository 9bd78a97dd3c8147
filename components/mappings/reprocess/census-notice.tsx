import type { Census } from "@/lib/mappings/reprocess-contract";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { count, counted } from "../../ui/numbers";
import { ProgressBar } from "../../ui/progress-bar";
import { usePace } from "../../ui/use-pace";
import { askReprocess, useAsking, type Steering } from "./queries";
import { SteeringButtons } from "./steering-buttons";

interface CensusNoticeProps {
  mappingId: number;
  /** The number of the version that is counted for. */
  version: number;
  census: Census;
}

/** Counting what a version changes, while it goes on or when it came to nothing. */
export function CensusNotice({ mappingId, version, census }: CensusNoticeProps) {
  const { id: censusId, state, sentence, looked, changed } = census;
  const total = census.total ?? 0;
  const steer = useAsking(mappingId, "Counting was not changed", (change: Steering) =>
    askReprocess.steerCount(mappingId, { censusId, change }),
  );
  const pace = usePace(looked, total, state === "running");
  if (state === "cancelled" || state === "failed") {
    return (
      <Alert
        tone="warning"
        title="The records whose result changes are not counted"
        actions={
          <Button icon="refresh" busy={steer.isPending} onClick={() => steer.mutate("resume")}>
            Go on counting
          </Button>
        }
      >
        {sentence ?? `Counting for version ${version} was cancelled after ${count(looked)}.`}
      </Alert>
    );
  }
  const isPaused = state === "paused";
  return (
    <Alert
      tone={isPaused ? "warning" : "info"}
      title={`${isPaused ? "Counting is paused" : "Counting the records whose result changes"}: ${count(changed)} so far`}
      actions={
        <SteeringButtons
          paused={isPaused}
          busy={steer.isPending}
          cancel="Cancel counting"
          onSteer={(change) => steer.mutate(change)}
        />
      }
    >
      <ProgressBar label="Counting" done={looked} total={total} />
      <p>
        {`${count(looked)} of ${counted(total, "record")} looked at${pace ? `: ${pace}` : ""}. `}
        {`What version ${version} makes of what S-360 sent${census.valueMap === null ? "" : `, with ${census.valueMap} as it is now,`} is compared with what was last written: Salesforce is not asked.`}
      </p>
      {census.thenReprocess && (
        <p>Re-processing begins by itself as soon as all are counted, unless you cancel.</p>
      )}
    </Alert>
  );
}
