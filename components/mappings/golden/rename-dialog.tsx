"use client";

import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { GoldenSample } from "@/lib/mappings/golden-contract";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Problem } from "../../ui/problem";
import { changeGolden, goldenKey } from "./queries";

interface RenameDialogProps {
  mappingId: number;
  sample: GoldenSample;
  onClose: () => void;
}

export function RenameDialog({ mappingId, sample, onClose }: RenameDialogProps) {
  const [name, setName] = useState(sample.name);
  const client = useQueryClient();
  const rename = useMutation({
    mutationFn: () => {
      const { id, revision } = sample;
      return changeGolden(mappingId, { id, revision, change: { what: "rename", name: name.trim() } });
    },
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: goldenKey(mappingId) }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rename the sample"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="brand"
            busy={rename.isPending}
            disabled={name.trim() === ""}
            onClick={() => rename.mutate()}
          >
            Rename
          </Button>
        </>
      }
    >
      {rename.error && <Problem error={rename.error} title="The sample was not renamed" />}
      <Field label="Name" required>
        <Input value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      </Field>
    </Dialog>
  );
}
