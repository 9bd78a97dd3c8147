"use client";

import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import type { MappingDetail } from "@/lib/mappings/contract";
import { withQuery } from "../../ui/api";
import { Button } from "../../ui/button";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { counted } from "../../ui/numbers";
import { useNow } from "../../ui/now";
import { Problem } from "../../ui/problem";
import { RelativeTime } from "../../ui/relative-time";
import { useToast } from "../../ui/toast";
import { mappingTitle } from "../names";
import { deleteMapping } from "../queries";

/** Removes a mapping that was made by mistake, after asking. */
export function DeleteMapping({ mapping }: { mapping: MappingDetail }) {
  const [asking, setAsking] = useState(false);
  const toast = useToast();
  const client = useQueryClient();
  const router = useRouter();
  const connection = useSearchParams().get("connection");
  const { id, name, versions, deletableAt } = mapping;
  const remove = useMutation({
    mutationFn: () => deleteMapping(id),
    onSuccess: async () => {
      setAsking(false);
      toast.success(`${name} is deleted`);
      await client.invalidateQueries({ queryKey: ["mappings", "of"] });
      router.push(withQuery("/mappings", { connection }));
    },
  });
  const now = useNow();
  if (deletableAt && (now === null || now.getTime() < Date.parse(deletableAt))) {
    return (
      <p className="mappings-quiet">
        It can be deleted <RelativeTime at={deletableAt} ahead />: a record may still be on its way through
        it.
      </p>
    );
  }
  return (
    <>
      <Button variant="text-destructive" onClick={() => setAsking(true)}>
        Delete this mapping
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${name}?`}
        confirmLabel="Delete"
        variant="destructive"
        onConfirm={() => remove.mutate()}
        busy={remove.isPending}
      >
        {remove.error && <Problem error={remove.error} title="Nothing was deleted" />}
        {mappingTitle(mapping)} never wrote a record, so nothing in Salesforce changes. Its draft
        {versions.length > 0 && `, its ${counted(versions.length, "version")}`} and its golden samples are
        gone for good.
      </ConfirmDialog>
    </>
  );
}
