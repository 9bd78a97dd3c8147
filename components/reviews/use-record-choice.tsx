"use client";

import { useState, type ReactNode } from "react";
import { choiceRow } from "@/lib/core/review-table";
import { choosableIds } from "@/lib/core/reviews";
import type { ReviewDetail } from "@/lib/reviews/contract";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { useDecide } from "./queries";
import { decidedText } from "./words";

interface RecordChoice {
  /** The words of the choice of a record; undefined where it cannot be chosen. */
  readonly labelOf: (id: string) => string | undefined;
  readonly choose: (id: string) => void;
  readonly busy: boolean;
  /** Asks once more; to be shown by whoever offers the choice. */
  readonly question: ReactNode;
}

/** Saying of a Salesforce record: it is this one. */
export function useRecordChoice(review: ReviewDetail, onClosed: () => void): RecordChoice {
  const [asking, setAsking] = useState<string | null>(null);
  const toast = useToast();
  const { mutate, isPending } = useDecide(review.id);
  const row = review.state === "open" ? choiceRow(review.kind, "adopt") : undefined;
  const ids = choosableIds(review);
  const decide = (candidateId: string) =>
    mutate(
      { choice: "adopt", candidateId },
      {
        onSuccess: ({ state }) => {
          if (row) toast.success(decidedText(row, state));
          if (state === "closed") onClosed();
        },
        onError: (error) => toast.error("Nothing was changed", problemSentence(error)),
        onSettled: () => setAsking(null),
      },
    );
  return {
    labelOf: (id) => (ids.includes(id) ? row?.label : undefined),
    choose: setAsking,
    busy: isPending,
    question: asking !== null && row && (
      <ConfirmDialog
        open
        onOpenChange={(open) => !open && setAsking(null)}
        title={`${row.label}: ${asking}?`}
        confirmLabel={row.label}
        variant="brand"
        onConfirm={() => decide(asking)}
        busy={isPending}
      >
        <p>{row.sentence}</p>
      </ConfirmDialog>
    ),
  };
}
