"use client";

import type { ImportStatus } from "@/lib/imports/contract";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { count, counted } from "../ui/numbers";
import { useSteer } from "./queries";

interface ApprovalNoticeProps {
  institution: string;
  run: ImportStatus;
}

/** After the first records were written: go on, look at more, or stop. */
export function ApprovalNotice({ institution, run }: ApprovalNoticeProps) {
  const steer = useSteer(institution, run);
  const { counts, canary, canaryStep, isCanaryThrough } = run;
  if (!isCanaryThrough) {
    return (
      <Alert tone="info" title={`The first ${counted(canary, "record")} are being written`}>
        {counts.going > 0
          ? `${count(counts.going)} on their way. Everything else is held until you have looked at them.`
          : "Everything else is held until you have looked at them."}
      </Alert>
    );
  }
  const troubled = counts.ends.failed + counts.ends.review + counts.ends.waiting;
  return (
    <Alert
      tone="warning"
      live
      title={`Look at ${counts.released === 1 ? "the first record" : `the first ${count(counts.released)} records`}: the others wait for your approval`}
      actions={
        <div className="imports-buttons">
          <Button variant="brand" busy={steer.isPending} onClick={() => steer.mutate("approve")}>
            Approve: go on
          </Button>
          <Button busy={steer.isPending} onClick={() => steer.mutate("more")}>
            Write {count(canaryStep)} more to look at
          </Button>
          <Button busy={steer.isPending} variant="text-destructive" onClick={() => steer.mutate("cancel")}>
            Stop
          </Button>
        </div>
      }
    >
      {troubled > 0
        ? `${counted(troubled, "record")} of them did not get through: below it says why. Correct the mapping or the value map first; then look at more.`
        : "All of them got through. Open some of them in Salesforce and compare."}{" "}
      {counted(counts.held, "record")} held so far. To stop keeps what came and writes no more.
    </Alert>
  );
}
