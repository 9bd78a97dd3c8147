"use client";

import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { retryableStates, type RetryableState } from "@/lib/records/contract";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { counted } from "../ui/numbers";
import { Problem, problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { retryableQuery, retryAllRecords, type ListFilter, type RetryAllFilter } from "./queries";
import { stateWords } from "./words";

/** "Try all again", for a list narrowed to records that can be tried again. */
export function RetryAll({ filter }: { filter: ListFilter }) {
  const [open, setOpen] = useState(false);
  const state = retryableStates.find((candidate) => candidate === filter.state);
  if (!state) return null;
  return (
    <>
      <Button icon="refresh" onClick={() => setOpen(true)}>
        Try all again
      </Button>
      {open && <Confirmation filter={{ ...filter, state }} state={state} close={() => setOpen(false)} />}
    </>
  );
}

interface ConfirmationProps {
  filter: RetryAllFilter;
  state: RetryableState;
  close: () => void;
}

function Confirmation({ filter, state, close }: ConfirmationProps) {
  const toast = useToast();
  const client = useQueryClient();
  const number = useQuery(retryableQuery(filter));
  const retry = useMutation({
    mutationFn: () => retryAllRecords(filter),
    onSuccess: async ({ records }) => {
      toast.success(
        `${counted(records, "record")} will be tried again`,
        "Behind what S-360 sends in the meantime.",
      );
      close();
      await client.invalidateQueries({ queryKey: ["records"] });
    },
    onError: (error) => toast.error("Nothing was changed", problemSentence(error)),
  });
  const records = number.data?.records;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && close()}
      title={records === undefined ? "Try all again" : `Try ${counted(records, "record")} again?`}
      confirmLabel="Try again"
      onConfirm={() => retry.mutate()}
      busy={retry.isPending || records === undefined || records === 0}
    >
      {number.isError ? (
        <Problem error={number.error} title="The records could not be counted" />
      ) : records === 0 ? (
        <p>None of these records is {stateWords[state].label.toLowerCase()} any more.</p>
      ) : (
        <p>
          All records that are {stateWords[state].label.toLowerCase()}
          {filter.q || filter.kind || filter.stream || filter.imported ? " and match the filter" : ""} become
          due now. Those whose cause is not mended will come back with the same sentence. What S-360 sends
          meanwhile goes first.
        </p>
      )}
    </ConfirmDialog>
  );
}
