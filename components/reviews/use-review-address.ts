"use client";

import { useCallback } from "react";
import { useSearchParams } from "next/navigation";
import { readReviewAddress, writeReviewAddress, type ReviewAddress } from "./address";

/** What is open, and its change: without a round trip, the queries fetch what is new. */
export function useReviewAddress(): [ReviewAddress, (next: ReviewAddress) => void] {
  const params = useSearchParams();
  const connection = params.get("connection");
  const change = useCallback(
    (next: ReviewAddress) => window.history.replaceState(null, "", writeReviewAddress(connection, next)),
    [connection],
  );
  return [readReviewAddress((name) => params.get(name)), change];
}
