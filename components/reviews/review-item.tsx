"use client";

import { useId } from "react";
import { titleOf } from "@/lib/core/review-standing";
import type { ReviewRow } from "@/lib/reviews/contract";
import { Link } from "../records/record-link";
import { kindLabel, nameOf } from "../records/words";
import { Badge } from "../ui/badge";
import { Checkbox } from "../ui/checkbox";
import { Icon } from "../ui/icon";
import { counted } from "../ui/numbers";
import { ObjectIcon } from "../ui/object-icon";
import { RelativeTime } from "../ui/relative-time";
import { ReviewBody } from "./review-body";
import { choiceLabel, kindIcons, standingOf } from "./words";

interface ReviewItemProps {
  review: ReviewRow;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** It was decided and leaves the list. */
  onClosed: () => void;
  /** Ticked, to be decided with others; null where there is nothing to decide in bulk. */
  ticked: boolean | null;
  onTick: (ticked: boolean) => void;
}

/** One review: what happened to what, since when; unfolded, all that is needed to decide it. */
export function ReviewItem({ review, open, onOpenChange, onClosed, ticked, onTick }: ReviewItemProps) {
  const bodyId = useId();
  const title = titleOf(review.kind, review.happened, review.direction);
  const { label, tone } = standingOf(review);
  return (
    <li className="review">
      <div className="review__head">
        {ticked !== null && (
          <Checkbox
            label={<span className="slds-assistive-text">{`Choose: ${title}, ${subjectName(review)}`}</span>}
            checked={ticked}
            onChange={({ target }) => onTick(target.checked)}
          />
        )}
        <ObjectIcon name={kindIcons[review.kind]} size="small" />
        <h2 className="review__title">
          <button
            type="button"
            className="review__toggle"
            aria-expanded={open}
            aria-controls={bodyId}
            onClick={() => onOpenChange(!open)}
          >
            <Icon name={open ? "chevron-down" : "chevron-right"} size="xx-small" /> {title}
          </button>
        </h2>
        <Badge tone={tone}>{label}</Badge>
        <span className="review__time">
          <RelativeTime at={review.state === "closed" ? review.closedAt : review.openedAt} />
        </span>
      </div>
      <p className="review__sentence">{review.sentence}</p>
      <p className="review__about">
        <About review={review} />
      </p>
      <div id={bodyId} hidden={!open}>
        {open && <ReviewBody id={review.id} onClosed={onClosed} />}
      </div>
    </li>
  );
}

function subjectName({ record, sentence }: ReviewRow): string {
  return record ? nameOf(record) : sentence;
}

function About({ review }: { review: ReviewRow }) {
  const { record, records, decidedBy, decidedAt } = review;
  const decision = choiceLabel(review);
  return (
    <>
      {record && (
        <>
          {kindLabel(record)} <Link record={record}>{nameOf(record)}</Link>
        </>
      )}
      {records !== null && counted(records, "record")}
      {decision !== null && (
        <>
          {(record ?? records) !== null && " · "}“{decision}”, chosen by {decidedBy}{" "}
          <RelativeTime at={decidedAt} />
        </>
      )}
    </>
  );
}
