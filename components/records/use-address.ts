"use client";

import { useCallback } from "react";
import { useSearchParams } from "next/navigation";
import { readAddress, writeAddress, type ListAddress } from "./address";

/** The filter in the address, and its change: without a round trip, the queries fetch what is new. */
export function useAddress(): [ListAddress, (change: ListAddress, how?: "push" | "replace") => void] {
  const params = useSearchParams();
  const address = readAddress((name) => params.get(name));
  const connection = params.get("connection");
  const change = useCallback(
    (next: ListAddress, how: "push" | "replace" = "push") => {
      const url = writeAddress(connection, next);
      if (how === "push") window.history.pushState(null, "", url);
      else window.history.replaceState(null, "", url);
    },
    [connection],
  );
  return [address, change];
}
