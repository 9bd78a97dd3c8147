"use client";

import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RecordDetail } from "@/lib/records/contract";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { counted } from "../ui/numbers";
import { problemSentence } from "../ui/problem";
import { RelativeTime } from "../ui/relative-time";
import { useToast } from "../ui/toast";
import { takeBackMerged } from "./queries";
import { Link } from "./record-link";
import { nameOf, numberOf } from "./words";

/** Why nothing of a number is written that S-360 merged, and how to take that back. */
export function MergedStanding({ record }: { record: RecordDetail }) {
  const { mergedInS360, links } = record;
  const [asking, setAsking] = useState(false);
  const toast = useToast();
  const client = useQueryClient();
  const takeBack = useMutation({
    mutationFn: () => takeBackMerged(record.id),
    onSuccess: async ({ sales }) => {
      toast.success("The number is written again", `${counted(sales, "sale")} come back to it.`);
      setAsking(false);
      await client.invalidateQueries({ queryKey: ["records"] });
    },
    onError: (error) => toast.error("Nothing was changed", problemSentence(error)),
  });
  if (!mergedInS360) return null;
  const { into, by, at } = mergedInS360;
  return (
    <>
      <Alert
        tone="info"
        title="Merged in S-360"
        actions={<Button onClick={() => setAsking(true)}>Take back</Button>}
      >
        {by} said <RelativeTime at={at} /> that this number belongs to{" "}
        <Link record={into}>
          {nameOf(into)} ({numberOf(into)})
        </Link>
        , which alone is written, and whose the sales are. What S-360 says of this number is kept.
        {links.length > 0 && " Its own Salesforce record stays as it is."}
      </Alert>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Take back that ${numberOf(record)} was merged?`}
        confirmLabel="Take back"
        onConfirm={() => takeBack.mutate()}
        busy={takeBack.isPending}
      >
        The number is written to Salesforce again, with what S-360 last said of it, and its sales come back
        from {numberOf(into)}.
      </ConfirmDialog>
    </>
  );
}
