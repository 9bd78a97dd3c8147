"use client";

import { useState } from "react";
import type { ChoiceRow } from "@/lib/core/review-row";
import { reviewTable } from "@/lib/core/review-table";
import type { ReviewRow } from "@/lib/reviews/contract";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { counted } from "../ui/numbers";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { useDecideAll } from "./queries";

interface BulkProps {
  /** Ticked, all of one kind. */
  reviews: readonly ReviewRow[];
  /** Ticks all of this kind that are listed. */
  onTickAll: () => void;
  onDone: () => void;
}

/** Decides the ticked reviews alike, after asking once. */
export function Bulk({ reviews, onTickAll, onDone }: BulkProps) {
  const [asking, setAsking] = useState<ChoiceRow | null>(null);
  const toast = useToast();
  const { mutate, isPending } = useDecideAll();
  const [first] = reviews;
  if (!first) return null;
  const number = counted(reviews.length, "review");
  // Which record it is, is said of each by itself.
  const choices = reviewTable[first.kind].choices.filter(({ choice }) => choice !== "adopt");
  const decide = ({ choice, label }: ChoiceRow) =>
    mutate(
      { ids: reviews.map(({ id }) => id), choice },
      {
        onSuccess: ({ decided, refusals }) => {
          if (decided > 0) toast.success(`${counted(decided, "review")} decided: “${label}”`);
          const [why] = refusals;
          if (why !== undefined)
            toast.error(`${counted(refusals.length, "review")} could not be decided`, problemSentence(why));
        },
        onSettled: () => {
          setAsking(null);
          onDone();
        },
      },
    );
  return (
    <div className="reviews-bulk" role="region" aria-label="Decide together">
      <span>{number} chosen. Decide all like this:</span>
      {choices.map((row) => (
        <Button key={row.choice} variant={row.look} onClick={() => setAsking(row)}>
          {row.label}
        </Button>
      ))}
      <Button variant="base" onClick={onTickAll}>
        Choose all listed of this kind
      </Button>
      <Button variant="base" onClick={onDone}>
        Choose none
      </Button>
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={`${asking.label}: ${number}?`}
          confirmLabel={asking.label}
          variant={asking.look === "destructive" ? "destructive" : "brand"}
          onConfirm={() => decide(asking)}
          busy={isPending}
        >
          <p>For each of them: {asking.sentence}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
