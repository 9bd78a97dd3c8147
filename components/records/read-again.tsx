"use client";

import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Stream } from "@/lib/core/words";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { counted } from "../ui/numbers";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { readAllCallsAgain, readCallAgain } from "./queries";
import { streamLabels } from "./words";

const whatFollows = "What fails again comes back here with the reason.";

function useReadAgain(read: () => Promise<{ readonly calls: number }>, onDone?: () => void) {
  const toast = useToast();
  const client = useQueryClient();
  return useMutation({
    mutationFn: read,
    onSuccess: ({ calls }) => {
      if (calls > 0) toast.success(`${counted(calls, "call")} will be read again`, whatFollows);
      else toast.info("No call is set aside any more");
    },
    onError: (error) => toast.error("Nothing was changed", problemSentence(error)),
    onSettled: async () => {
      onDone?.();
      await Promise.all([["events"], ["records"]].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
}

/** "Read again", for the call that an item came with. */
export function ReadAgainButton({ eventId }: { eventId: number }) {
  const { mutate, isPending } = useReadAgain(() => readCallAgain(eventId));
  return (
    <Button
      icon="refresh"
      onClick={() => mutate()}
      busy={isPending}
      aria-label={`Read the call of item ${eventId} again`}
    >
      Read again
    </Button>
  );
}

interface ReadAllAgainProps {
  connection: string;
  /** Only what came on this one. */
  stream?: Stream | undefined;
}

/** "Read all again", for all that was set aside. */
export function ReadAllAgain({ connection, stream }: ReadAllAgainProps) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const { mutate, isPending } = useReadAgain(
    () => readAllCallsAgain({ connection, ...(stream && { stream }) }),
    close,
  );
  return (
    <>
      <Button icon="refresh" onClick={() => setOpen(true)}>
        Read all again
      </Button>
      {open && (
        <ConfirmDialog
          open
          onOpenChange={(opened) => !opened && close()}
          title="Read all calls again that were set aside?"
          confirmLabel="Read all again"
          variant="brand"
          onConfirm={() => mutate()}
          busy={isPending}
        >
          <p>
            All calls{stream ? ` of “${streamLabels[stream]}”` : ""} that the connector could not take in are
            read again, in the order they came, behind what S-360 has sent since. What it has sent of the same
            contact or order meanwhile is newer and stays. {whatFollows}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
