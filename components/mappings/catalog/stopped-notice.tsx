"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { MappingDetail, StoppedVersion } from "@/lib/mappings/contract";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { RelativeTime } from "../../ui/relative-time";
import { useToast } from "../../ui/toast";
import { PublishingProblems } from "../publish/publishing-problems";
import { runAgain } from "../queries";
import { releasedSentence } from "../versions/restore-dialog";

/** A mapping that ran and was stopped: since when, by whom, and the way back. */
export function StoppedNotice({ mapping }: { mapping: MappingDetail }) {
  const client = useQueryClient();
  const toast = useToast();
  const run = useMutation({
    mutationFn: () => runAgain(mapping.id),
    onSuccess: async (result) => {
      await client.invalidateQueries({ queryKey: ["mappings"] });
      toast.success(`Version ${result.number} runs again`, releasedSentence(result));
    },
  });
  const { stopped, kept } = mapping;
  if (!stopped) return null;
  return (
    <>
      <PublishingProblems error={run.error} title={`Version ${stopped.number} cannot run as it is`} />
      <Alert
        tone="warning"
        title="This mapping is stopped"
        actions={
          <Button busy={run.isPending} onClick={() => run.mutate()}>
            Run version {stopped.number} again
          </Button>
        }
      >
        <StoppedWords stopped={stopped} />. Nothing is written through it.{kept && ` ${kept}`}
      </Alert>
    </>
  );
}

/** "Version 1, stopped 1 minute ago by ada@venue.example". */
function StoppedWords({ stopped: { number, at, by } }: { stopped: StoppedVersion }) {
  return (
    <>
      Version {number}, stopped{at && " "}
      {at && <RelativeTime at={at} />}
      {by && ` by ${by}`}
    </>
  );
}
