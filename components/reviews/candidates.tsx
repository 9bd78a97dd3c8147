"use client";

import { useId } from "react";
import type { ReviewCandidate } from "@/lib/core/reviews";
import type { ReviewDetail } from "@/lib/reviews/contract";
import { Value } from "../records/value";
import { Button } from "../ui/button";
import { DataTable, type Column } from "../ui/data-table";
import { Icon } from "../ui/icon";
import { useRecordChoice } from "./use-record-choice";

interface CandidatesProps {
  review: ReviewDetail;
  onClosed: () => void;
}

/** The Salesforce records that a contact may be, each with its values and, while it is open, the choice of it. */
export function Candidates({ review, onClosed }: CandidatesProps) {
  const { labelOf, choose, busy, question } = useRecordChoice(review, onClosed);
  const { candidates, candidateCount = 0 } = review.subject;
  if (!candidates || candidates.length === 0) return null;
  return (
    <>
      <ul className="review__candidates" aria-label="Salesforce records">
        {candidates.map((candidate) => (
          <Candidate
            key={candidate.id}
            candidate={candidate}
            review={review}
            label={labelOf(candidate.id)}
            busy={busy}
            onChoose={() => choose(candidate.id)}
          />
        ))}
      </ul>
      {candidateCount > candidates.length && (
        <p className="records-quiet">
          The first {candidates.length} of {candidateCount} are shown. Merge what is the same in Salesforce,
          then try again.
        </p>
      )}
      {question}
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
