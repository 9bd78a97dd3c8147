"use client";

import { useState } from "react";
import type { ImportChange } from "@/lib/core/imports/words";
import type { ImportStatus } from "@/lib/imports/contract";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { counted } from "../ui/numbers";
import { isOver, useSteer } from "./queries";
import { streamWords } from "./words";

interface SteeringButtonsProps {
  institution: string;
  run: ImportStatus;
}

/** Pause, go on, finish, cancel; or write what a cancelled one left. What cannot be taken back is asked about. */
export function SteeringButtons({ institution, run }: SteeringButtonsProps) {
  const steer = useSteer(institution, run);
  const [asked, setAsked] = useState<"finish" | "cancel" | "write" | null>(null);
  const ask = (change: "finish" | "cancel" | "write") => () => setAsked(change);
  const confirm = (change: ImportChange) => steer.mutate(change, { onSettled: () => setAsked(null) });
  const question = asked && questionOf(asked, run);
  const isPaused = run.state === "paused";
  return (
    <div className="imports-buttons">
      {!isOver(run) && (
        <>
          <Button
            icon={isPaused ? "play" : "pause"}
            busy={steer.isPending}
            onClick={() => steer.mutate(isPaused ? "resume" : "pause")}
          >
            {isPaused ? "Resume" : "Pause"}
          </Button>
          {run.closedAt === null && <Button onClick={ask("finish")}>All has come</Button>}
          <Button onClick={ask("cancel")}>Cancel</Button>
        </>
      )}
      {run.state === "cancelled" && run.counts.held > 0 && (
        <Button onClick={ask("write")}>Write them after all</Button>
      )}
      {question && asked && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsked(null)}
          title={question.title}
          confirmLabel={question.label}
          variant={asked === "cancel" ? "destructive" : "brand"}
          onConfirm={() => confirm(asked)}
          busy={steer.isPending}
        >
          {question.text}
        </ConfirmDialog>
      )}
    </div>
  );
}

function questionOf(change: "finish" | "cancel" | "write", { stream, counts, approvedAt }: ImportStatus) {
  const { many } = streamWords[stream];
  const held = counted(counts.held, "record");
  switch (change) {
    case "finish":
      return {
        title: `Have all ${many} come?`,
        label: "All has come",
        text: `What S-360 sends from now on is live. ${approvedAt === null ? `The ${held} that are held still wait for your approval.` : `The ${held} that are held are still written.`}`,
      };
    case "cancel":
      return {
        title: "Cancel the import?",
        label: "Cancel the import",
        text: `What was written stays in Salesforce. The ${held} that are held stay stored and are not written; they can be written after all later. What S-360 sends from now on is live: ask SecuTix to stop sending first.`,
      };
    case "write":
      return {
        title: `Write the ${held} after all?`,
        label: "Write them",
        text: "They are taken through the mappings that run now and written to Salesforce, behind what is live. Nobody is asked to approve the first of them again.",
      };
  }
}
