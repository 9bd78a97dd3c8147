"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ConditionReading } from "@/lib/core/mapping/condition";
import { useDebounced } from "../mappings/use-debounced";

const typingPauseMs = 250;

/**
 * What is known of a condition a moment after typing stops, by the very code the worker runs; null before. The language is
 * loaded when the first condition is shown.
 */
export function useCondition(text: string): ConditionReading | null {
  const settled = useDebounced(text, typingPauseMs);
  const { data } = useQuery({
    queryKey: ["condition", settled],
    queryFn: async () => (await import("@/lib/core/mapping/condition")).readCondition(settled),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  return data ?? null;
}
