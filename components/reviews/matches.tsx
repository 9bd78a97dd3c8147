"use client";

import { useId } from "react";
import type { ReviewDetail, SalesforceRecord } from "@/lib/reviews/contract";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { useRecordChoice } from "./use-record-choice";

interface MatchesProps {
  review: ReviewDetail;
  onClosed: () => void;
}

/** What a duplicate rule of the org takes the record for, each with its page there and, where it can be one, the choice of it. */
export function Matches({ review, onClosed }: MatchesProps) {
  const { labelOf, choose, busy, question } = useRecordChoice(review, onClosed);
  if (review.salesforce.length === 0) return null;
  return (
    <>
      <ul className="review__candidates" aria-label="Salesforce records">
        {review.salesforce.map((record) => (
          <Match
            key={record.id}
            record={record}
            label={labelOf(record.id)}
            busy={busy}
            onChoose={() => choose(record.id)}
          />
        ))}
      </ul>
      {question}
    </>
  );
}

interface MatchProps {
  record: SalesforceRecord;
  /** The words of the choice; undefined where it cannot be this one. */
  label: string | undefined;
  busy: boolean;
  onChoose: () => void;
}

function Match({ record: { object, id, name, url }, label, busy, onChoose }: MatchProps) {
  const titleId = useId();
  return (
    <li className="review__candidate" aria-labelledby={titleId}>
      <h3 id={titleId}>
        {name && <>{name} </>}
        <a href={url} target="_blank" rel="noreferrer" className="records-id">
          {id} <Icon name="new-window" size="xx-small" label="opens in a new window" />
        </a>
      </h3>
      <p className="records-quiet">{object}</p>
      {label !== undefined && (
        <Button variant="brand" onClick={onChoose} disabled={busy} aria-describedby={titleId}>
          {label}
        </Button>
      )}
    </li>
  );
}
