"use client";

import { useQuery } from "@tanstack/react-query";
import { reviewLists } from "@/lib/reviews/contract";
import { count } from "../ui/numbers";
import { Tabs } from "../ui/tabs";
import { PaceCard } from "./pace-card";
import { reviewCountQuery } from "./queries";
import { ReviewList } from "./review-list";
import { useReviewAddress } from "./use-review-address";
import "./reviews.css";

/** What waits for a person, what was decided, and how fast S-360 may be called. */
export function ReviewsView({ institution }: { institution: string }) {
  const [{ list, kind }, change] = useReviewAddress();
  const { data } = useQuery(reviewCountQuery(institution));
  return (
    <div className="reviews-page">
      <Tabs
        label="Reviews"
        value={list}
        onValueChange={(value) =>
          change({
            list: reviewLists.find((name) => name === value) ?? "open",
            review: null,
            ...(kind && { kind }),
          })
        }
        tabs={[
          {
            value: "open",
            label: data && data.open > 0 ? `Open (${count(data.open)})` : "Open",
            content: <ReviewList institution={institution} list="open" />,
          },
          {
            value: "decided",
            label: "Decided",
            content: <ReviewList institution={institution} list="decided" />,
          },
        ]}
      />
      <PaceCard institution={institution} />
    </div>
  );
}
