"use client";

import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { MappingDetail } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { problemSentence } from "../../ui/problem";
import { useToast } from "../../ui/toast";
import { DeleteMapping } from "./delete-mapping";
import { mappingTitle } from "../names";
import { stopMapping } from "../queries";

/** Takes what is published out of work, or deletes what never was in Salesforce. What was typed stays as it is. */
export function StopMapping({ mapping }: { mapping: MappingDetail }) {
  const [asking, setAsking] = useState(false);
  const toast = useToast();
  const client = useQueryClient();
  const stop = useMutation({
    mutationFn: () => stopMapping(mapping.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["mappings"] });
      toast.success("The mapping is stopped", "What it wrote stays in Salesforce.");
    },
    onError: (error) => toast.error("The mapping was not stopped", problemSentence(error)),
    onSettled: () => setAsking(false),
  });
  if (!mapping.published) return mapping.kept === null && <DeleteMapping mapping={mapping} />;
  return (
    <>
      <Button onClick={() => setAsking(true)}>Stop this mapping</Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Stop this mapping?"
        confirmLabel="Stop"
        variant="destructive"
        onConfirm={() => stop.mutate()}
        busy={stop.isPending}
      >
        Nothing more is written through {mappingTitle(mapping)}. What is in Salesforce stays, and so do the
        draft and all versions.{" "}
        {mapping.kept ??
          "Two minutes after it was stopped it can be deleted, unless a record was written through it by then."}
      </ConfirmDialog>
    </>
  );
}
