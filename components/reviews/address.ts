/** Which list and which review are open, as it stands in the address, so that it can be sent and come back to. */
import { reviewKinds, type ReviewKind } from "@/lib/core/reviews";
import type { ReviewList } from "@/lib/reviews/contract";
import { withQuery } from "../ui/api";

export interface ReviewAddress {
  readonly list: ReviewList;
  /** The review that is unfolded. */
  readonly review: number | null;
  /** The only kind that is listed; left out: all. */
  readonly kind?: ReviewKind;
}

type Read = (name: string) => string | null | undefined;

/** What the address says; words it does not know are passed over. */
export function readReviewAddress(read: Read): ReviewAddress {
  const id = read("review") ?? "";
  const kind = reviewKinds.find((one) => one === read("kind"));
  return {
    ...(kind && { kind }),
    list: read("tab") === "decided" ? "decided" : "open",
    review: /^\d{1,15}$/.test(id) ? Number(id) : null,
  };
}

export function writeReviewAddress(connection: string | null, { list, kind, review }: ReviewAddress): string {
  return withQuery("/reviews", { connection, tab: list === "open" ? null : list, kind, review });
}
