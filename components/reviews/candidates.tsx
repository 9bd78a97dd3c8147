"use client";

import { useId, useState } from "react";
import { choiceRow } from "@/lib/core/review-table";
import type { ReviewCandidate } from "@/lib/core/reviews";
import type { ReviewDetail } from "@/lib/reviews/contract";
import { Value } from "../records/value";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { DataTable, type Column } from "../ui/data-table";
import { Icon } from "../ui/icon";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { useDecide } from "./queries";
import { decidedText } from "./words";

interface CandidatesProps {
  review: ReviewDetail;
  onClosed: () => void;
}

const adopt = choiceRow("several_matches", "adopt");

/** The Salesforce records that a contact may be, each with its values and, while it is open, the choice of it. */
export function Candidates({ review, onClosed }: CandidatesProps) {
  const [asking, setAsking] = useState<ReviewCandidate | null>(null);
  const toast = useToast();
  const { mutate, isPending } = useDecide(review.id);
  const { candidates, candidateCount = 0 } = review.subject;
  if (!candidates || candidates.length === 0) return null;
  const row = review.kind === "several_matches" && review.state === "open" ? adopt : undefined;
  const decide = ({ id }: ReviewCandidate) =>
    mutate(
      { choice: "adopt", candidateId: id },
      {
        onSuccess: ({ state }) => {
          if (row) toast.success(decidedText(row, state));
          if (state === "closed") onClosed();
        },
        onError: (error) => toast.error("Nothing was changed", problemSentence(error)),
        onSettled: () => setAsking(null),
      },
    );
  return (
    <>
      <ul className="review__candidates" aria-label="Salesforce records">
        {candidates.map((candidate) => (
          <Candidate
            key={candidate.id}
            candidate={candidate}
            review={review}
            label={row?.label}
            busy={isPending}
            onChoose={() => setAsking(candidate)}
          />
        ))}
      </ul>
      {candidateCount > candidates.length && (
        <p className="records-quiet">
          The first {candidates.length} of {candidateCount} are shown. Merge what is the same in Salesforce,
          then try again.
        </p>
      )}
      {asking && row && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={`${row.label}: ${asking.id}?`}
          confirmLabel={row.label}
          variant="brand"
          onConfirm={() => decide(asking)}
          busy={isPending}
        >
          <p>{row.sentence}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

interface CandidateProps {
  candidate: ReviewCandidate;
  review: ReviewDetail;
  /** The words of the choice; undefined where there is nothing to choose. */
  label: string | undefined;
  busy: boolean;
  onChoose: () => void;
}

type Field = ReviewCandidate["fields"][number];

const columns: readonly Column<Field>[] = [
  { key: "field", header: "Field", rowHeader: true, wrap: true, width: "30%", cell: ({ label }) => label },
  { key: "s360", header: "S-360", wrap: true, cell: ({ s360 }) => <Value value={s360} /> },
  {
    key: "salesforce",
    header: "Salesforce",
    wrap: true,
    cell: ({ salesforce }) => <Value value={salesforce} />,
  },
];

function Candidate({ candidate, review, label, busy, onChoose }: CandidateProps) {
  const titleId = useId();
  const { id, fields, doubt } = candidate;
  const url = review.salesforce.find((record) => record.id === id)?.url;
  return (
    <li className="review__candidate" aria-labelledby={titleId}>
      <h3 id={titleId}>
        {url ? (
          <a href={url} target="_blank" rel="noreferrer" className="records-id">
            {id} <Icon name="new-window" size="xx-small" label="opens in a new window" />
          </a>
        ) : (
          <span className="records-id">{id}</span>
        )}
      </h3>
      {doubt && <p className="records-quiet">Not taken unasked: {doubt}.</p>}
      <DataTable label={`Values of ${id}`} columns={columns} rows={fields} rowKey={({ name }) => name} />
      {label !== undefined && (
        <Button variant="brand" onClick={onChoose} disabled={busy} aria-describedby={titleId}>
          {label}
        </Button>
      )}
    </li>
  );
}
