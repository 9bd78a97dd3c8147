"use client";

import { useRef } from "react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ReviewKind } from "@/lib/core/reviews";
import type { ReviewList as List, ReviewRow } from "@/lib/reviews/contract";
import { MoreButton } from "../records/more-button";
import { EmptyState } from "../ui/empty-state";
import { Problem } from "../ui/problem";
import { Skeleton } from "../ui/skeleton";
import { Bulk } from "./bulk";
import { KindFilter } from "./kind-filter";
import { reviewQuery, reviewsQuery } from "./queries";
import { ReviewItem } from "./review-item";
import { useTicked } from "./use-ticked";
import { useReviewAddress } from "./use-review-address";

/** The reviews of a list; one of them may be unfolded. */
export function ReviewList({ institution, list: which }: { institution: string; list: List }) {
  const [address, change] = useReviewAddress();
  const section = useRef<HTMLElement>(null);
  const { kind } = address;
  const list = useInfiniteQuery(reviewsQuery({ connection: institution, state: which, kind }));
  const listed = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const rows = useNamed(list.isSuccess ? listed : null, institution, which);
  const ticked = useTicked(rows);
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={which === "open" ? "Open reviews" : "Decided reviews"}
      className="slds-card reviews-list"
    >
      <KindFilter
        kind={kind}
        onChange={(chosen) => change({ list: which, review: null, ...(chosen && { kind: chosen }) })}
      />
      <Bulk reviews={ticked.reviews} onTickAll={ticked.tickAll} onDone={ticked.clear} />
      {list.isPending && <Skeleton lines={6} label="Reading reviews" />}
      {list.isError && listed.length === 0 && (
        <Problem
          error={list.error}
          title="The reviews could not be read"
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isSuccess && rows.length === 0 && <NoReviews list={which} kind={kind} />}
      <ul className="reviews-items">
        {rows.map((row) => (
          <ReviewItem
            key={row.id}
            review={row}
            open={row.id === address.review}
            onOpenChange={(open) => change({ ...address, list: which, review: open ? row.id : null })}
            ticked={ticked.isTicked(row)}
            onTick={(on) => ticked.tick(row, on)}
            onClosed={() => section.current?.focus()}
          />
        ))}
      </ul>
      <MoreButton list={list} what="reviews" />
    </section>
  );
}

/** The review that the address names comes first when it is not on the page that was read. */
function useNamed(
  listed: readonly ReviewRow[] | null,
  institution: string,
  list: List,
): readonly ReviewRow[] {
  const [{ review: id }] = useReviewAddress();
  const missing = listed !== null && id !== null && !listed.some((row) => row.id === id);
  const { data } = useQuery({ ...reviewQuery(id ?? 0), enabled: missing });
  const fits = data?.institution === institution && (data.state === "closed") === (list === "decided");
  return missing && fits ? [data, ...listed] : (listed ?? []);
}

function NoReviews({ list, kind }: { list: List; kind: ReviewKind | undefined }) {
  if (kind) return <EmptyState title="None of this kind">Choose “All kinds” to see the others.</EmptyState>;
  if (list === "decided") {
    return <EmptyState title="Nothing was decided yet">Who decided what, and when, is kept here.</EmptyState>;
  }
  return (
    <EmptyState title="Nothing waits for you">
      What only a person can settle shows up here: many records changed at once in Salesforce, a value that
      changes back and forth, copies, merges and deletions, contacts that changed their kind or their number,
      and what your rules say a person decides.
    </EmptyState>
  );
}
