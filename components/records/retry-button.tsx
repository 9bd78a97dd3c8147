"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { retryableStates, type RecordDetail } from "@/lib/records/contract";
import { Button } from "../ui/button";
import { counted } from "../ui/numbers";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { retryRecord } from "./queries";
import { writtenToNames } from "./words";

/** "Try again", for a record or an order with operations that did not get through. */
export function RetryButton({ record }: { record: RecordDetail }) {
  const toast = useToast();
  const client = useQueryClient();
  const retry = useMutation({
    mutationFn: () => retryRecord(record.id),
    onSuccess: async ({ records, running }) => {
      const what = record.family === "order" ? counted(records, "operation") : "The record";
      toast.success(`${what} will be tried again`, nextStep(record, running));
      await client.invalidateQueries({ queryKey: ["records"] });
    },
    onError: (error) => toast.error("Nothing was changed", problemSentence(error)),
  });
  const states = [...record.directions, ...record.children.records].map(({ state }) => state);
  if (!retryableStates.some((state) => states.includes(state))) return null;
  return (
    <Button variant="brand" icon="refresh" onClick={() => retry.mutate()} busy={retry.isPending}>
      Try again
    </Button>
  );
}

function nextStep({ directions }: RecordDetail, running: boolean): string {
  const tried = directions.filter(({ state }) => retryableStates.some((candidate) => candidate === state));
  const [paused] = tried.filter(({ standstill }) => standstill.pausedAt);
  const [blocked] = tried.filter(({ standstill }) => standstill.blocked);
  if (paused) return "Its stream is paused: it is written once the stream is resumed.";
  if (blocked) {
    return `${writtenToNames[blocked.direction]} takes nothing at the moment: it is written once that is over.`;
  }
  return running ? "A worker has it in its hands already." : "A worker takes it in a moment.";
}
