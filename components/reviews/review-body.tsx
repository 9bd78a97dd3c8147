"use client";

import { useQuery } from "@tanstack/react-query";
import { explanationOf } from "@/lib/core/review-standing";
import type { ReviewDetail } from "@/lib/reviews/contract";
import { Alert } from "../ui/alert";
import { Problem } from "../ui/problem";
import { LocalTime } from "../ui/relative-time";
import { Skeleton } from "../ui/skeleton";
import { Candidates } from "./candidates";
import { Choices } from "./choices";
import { Matches } from "./matches";
import { MassChange } from "./mass-change";
import { reviewQuery } from "./queries";
import { SalesforceRecords } from "./salesforce-records";
import { TwoValues } from "./two-values";

interface ReviewBodyProps {
  id: number;
  onClosed: () => void;
}

/** What a person needs to decide, and the choices. */
export function ReviewBody({ id, onClosed }: ReviewBodyProps) {
  const { data, isError, error, refetch } = useQuery(reviewQuery(id));
  if (!data) {
    return isError ? (
      <Problem error={error} title="The review could not be read" onRetry={() => void refetch()} />
    ) : (
      <Skeleton lines={3} label="Reading the review" />
    );
  }
  const { subject, state } = data;
  return (
    <div className="review__body">
      {state === "closed" ? <Outcome review={data} /> : <p>{explanationOf(data)}</p>}
      {state === "deciding" && subject.trouble && (
        <Alert tone="warning" title="Not carried out yet" live>
          {subject.trouble} It is tried again by itself.
        </Alert>
      )}
      {subject.candidates ? (
        <Candidates review={data} onClosed={onClosed} />
      ) : state === "open" && subject.duplicates ? (
        <Matches review={data} onClosed={onClosed} />
      ) : (
        <SalesforceRecords records={data.salesforce} />
      )}
      <TwoValues fields={data.fields} changedBy={data.changedBy} />
      {data.mass && <MassChange review={data} mass={data.mass} />}
      <Choices review={data} onClosed={onClosed} />
    </div>
  );
}

/** How a review ended. */
function Outcome({ review: { choice, subject, closedAt } }: { review: ReviewDetail }) {
  const { ended } = subject;
  return (
    <p>
      {choice === null ? "It went on by itself; nobody had to decide. " : ""}
      {ended && `Sent: ${ended.sent}. Did not get through: ${ended.failed}. `}
      Closed <LocalTime at={closedAt} />.
    </p>
  );
}
