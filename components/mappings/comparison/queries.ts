import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type {
  ComparisonCosts,
  ComparisonNumber,
  ComparisonPage,
  ComparisonRun,
} from "@/lib/comparison/contract";
import { apiGet, apiSend } from "../../ui/api";

const runningPollMs = 700;

const pathOf = (mappingId: number, below = "") => `/api/mappings/${mappingId}/comparison${below}`;

/** The latest comparison of a draft; asked again and again while it runs. */
export const comparisonQuery = (mappingId: number) =>
  queryOptions({
    queryKey: ["mappings", mappingId, "comparison"] as const,
    queryFn: ({ signal }) => apiGet<ComparisonRun | null>(pathOf(mappingId), { signal }),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? runningPollMs : false),
  });

export const costsQuery = (mappingId: number, wanted: number) =>
  queryOptions({
    queryKey: ["mappings", mappingId, "comparison", "costs", wanted] as const,
    queryFn: ({ signal }) =>
      apiGet<ComparisonCosts>(pathOf(mappingId, "/costs"), { query: { wanted }, signal }),
    placeholderData: keepPreviousData,
  });

export const behindQuery = (mappingId: number, runId: number, number: ComparisonNumber) =>
  infiniteQueryOptions({
    queryKey: ["mappings", mappingId, "comparison", runId, number] as const,
    queryFn: ({ pageParam, signal }) =>
      apiGet<ComparisonPage>(pathOf(mappingId, `/${runId}/records`), {
        query: { ...number, from: pageParam },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const beginComparison = (
  mappingId: number,
  given: { document: MappingDocument; wanted: number; fresh: boolean },
) => apiSend<{ id: number }>("POST", pathOf(mappingId), given);

export const stopComparison = (mappingId: number, runId: number) =>
  apiSend<{ stopped: boolean }>("DELETE", pathOf(mappingId, `/${runId}`));
