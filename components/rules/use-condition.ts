"use client";

import { keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import type { Rules } from "@/lib/core/connection-settings";
import type { ConditionReading } from "@/lib/core/mapping/condition";
import { contactKinds } from "@/lib/core/words";
import { useDebounced } from "../mappings/use-debounced";

const typingPauseMs = 250;

/** Read by the very code the worker runs. The language is loaded when the first condition is read. */
const conditionQuery = (text: string) =>
  queryOptions({
    queryKey: ["condition", text],
    queryFn: async () => (await import("@/lib/core/mapping/condition")).readCondition(text),
    staleTime: Infinity,
    gcTime: 60_000,
  });

/** What is known of a condition a moment after typing stops; null before. */
export function useCondition(text: string): ConditionReading | null {
  const settled = useDebounced(text, typingPauseMs);
  const { data } = useQuery({ ...conditionQuery(settled), placeholderData: keepPreviousData });
  return data ?? null;
}

/** Whether any of the conditions cannot be saved as it is typed. */
export function useConditionProblem(rules: Rules): boolean {
  const settled = useDebounced(rules, typingPauseMs);
  const texts = [...new Set(contactKinds.map((kind) => settled.out[kind].createWhen))];
  const readings = useQueries({
    queries: texts.map((text) => ({ ...conditionQuery(text), enabled: text.trim() !== "" })),
  });
  return readings.some(({ data }) => data !== undefined && data.problems.length > 0);
}
