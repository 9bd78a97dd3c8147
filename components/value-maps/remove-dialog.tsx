"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ValueMapSummary } from "@/lib/mappings/value-map-contract";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { Dialog } from "../ui/dialog";
import { counted } from "../ui/numbers";
import { Problem } from "../ui/problem";
import { useToast } from "../ui/toast";
import { removeValueMap, valueMapsKey } from "./queries";
import { Uses } from "./uses";

interface RemoveDialogProps {
  institution: string;
  map: ValueMapSummary;
  onClose: () => void;
}

/** Removes a value map, or says which lines need it. */
export function RemoveDialog({ institution: connection, map, onClose }: RemoveDialogProps) {
  const { name, revision, codes, uses } = map;
  const client = useQueryClient();
  const toast = useToast();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => removeValueMap({ connection, name }, revision),
    onSuccess: () => {
      toast.success(`${name} is removed`);
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: [valueMapsKey] }),
  });
  const running = uses.filter(({ published }) => published);
  if (running.length > 0) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={`${name} is needed`}
        footer={<Button onClick={onClose}>Close</Button>}
      >
        <p className="slds-m-bottom_x-small">
          These lines run and name it. Take it out of them and publish before you remove it.
        </p>
        <Uses uses={running} />
      </Dialog>
    );
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Remove ${name}?`}
      confirmLabel="Remove"
      variant="destructive"
      busy={isPending}
      onConfirm={() => mutate()}
    >
      {error && <Problem error={error} title="It was not removed" />}
      <p>
        {counted(codes, "code")} and what waits in its inbox are gone then. No mapping that runs names it.
      </p>
      {uses.length > 0 && (
        <>
          <p className="slds-m-top_x-small">These drafts cannot be published without it:</p>
          <Uses uses={uses} />
        </>
      )}
    </ConfirmDialog>
  );
}
