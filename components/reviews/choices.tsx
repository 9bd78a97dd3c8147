"use client";

import { useState } from "react";
import { choicesOf } from "@/lib/core/review-standing";
import type { ChoiceRow } from "@/lib/core/review-row";
import { choosableIds, copiesOf } from "@/lib/core/reviews";
import type { ReviewDetail } from "@/lib/reviews/contract";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { useDecide } from "./queries";
import { choiceWords, decidedText } from "./words";

interface ChoicesProps {
  review: ReviewDetail;
  onClosed: () => void;
}

function standing({ kind, state, paused, scheduled, choice, happened, subject }: ReviewDetail) {
  const isNew = happened === "created";
  const passable = subject.duplicates?.passable === true;
  const [copies, choosable] = [copiesOf(subject).length, choosableIds({ kind, subject }).length];
  return { kind, state, paused, scheduled, choice, isNew, passable, copies, choosable };
}

/** One button a choice, each with what it does. */
export function Choices({ review, onClosed }: ChoicesProps) {
  const [asking, setAsking] = useState<ChoiceRow | null>(null);
  const toast = useToast();
  const { mutate, isPending, variables } = useDecide(review.id);
  const night = review.mass?.night ?? null;
  // Which record it is, is chosen at the record.
  const choices = choicesOf(standing(review))
    .filter(({ choice }) => choice !== "adopt")
    .map((row) => ({ ...row, ...choiceWords(row, night) }));
  if (choices.length === 0) return null;
  const decide = (row: ChoiceRow) =>
    mutate(
      { choice: row.choice },
      {
        onSuccess: ({ state }) => {
          toast.success(decidedText(row, state));
          if (state === "closed") onClosed();
        },
        onError: (error) => toast.error("Nothing was changed", problemSentence(error)),
        onSettled: () => setAsking(null),
      },
    );
  return (
    <>
      <ul className="review__choices" aria-label="Choices">
        {choices.map((row) => (
          <li key={row.choice}>
            <Button
              variant={row.look}
              onClick={() => (row.confirm ? setAsking(row) : decide(row))}
              busy={isPending && variables.choice === row.choice}
              disabled={isPending}
              aria-describedby={`review-${review.id}-${row.choice}`}
            >
              {row.label}
            </Button>
            <span id={`review-${review.id}-${row.choice}`}>{row.sentence}</span>
          </li>
        ))}
      </ul>
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={asking.label}
          confirmLabel={asking.label}
          variant={asking.look === "destructive" ? "destructive" : "brand"}
          onConfirm={() => decide(asking)}
          busy={isPending}
        >
          <p>{asking.sentence}</p>
          <p className="slds-m-top_small">{review.sentence}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
