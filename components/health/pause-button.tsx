"use client";

import { useState } from "react";
import type { Stream } from "@/lib/core/words";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { useSetPaused } from "./queries";
import { streamLabels } from "../records/words";

interface PauseButtonProps {
  institution: string;
  stream: Stream;
  paused: boolean;
}

/** Pauses or resumes a stream, after asking. */
export function PauseButton({ institution, stream, paused }: PauseButtonProps) {
  const [asking, setAsking] = useState(false);
  const { mutate, isPending } = useSetPaused(institution, stream);
  const toast = useToast();
  const title = streamLabels[stream];
  const [source, target] = stream === "contacts-out" ? ["Salesforce", "S-360"] : ["S-360", "Salesforce"];
  const verb = paused ? "Resume" : "Pause";
  const confirm = () =>
    mutate(!paused, {
      onSuccess: () => toast.success(paused ? `“${title}” is written again` : `“${title}” is paused`),
      onError: (error) => toast.error(`${verb} did not work`, problemSentence(error)),
      onSettled: () => setAsking(false),
    });
  return (
    <>
      <Button
        icon={paused ? "play" : "pause"}
        variant={paused ? "brand" : "neutral"}
        onClick={() => setAsking(true)}
      >
        {verb}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`${verb} “${title}”`}
        confirmLabel={verb}
        onConfirm={confirm}
        busy={isPending}
      >
        {paused ? (
          <p>
            Everything that arrived during the pause is written to {target} now, each record once, as it is
            today.
          </p>
        ) : (
          <p>
            Nothing of this stream is written to {target} until somebody resumes it. What {source} tells
            meanwhile is received and kept, so nothing is lost. The other streams go on.
          </p>
        )}
      </ConfirmDialog>
    </>
  );
}
