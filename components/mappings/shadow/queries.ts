import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { ShadowCosts, ShadowNumber, ShadowPage, ShadowRun } from "@/lib/shadow/contract";
import { apiGet, apiSend } from "../../ui/api";

const runningPollMs = 700;

const pathOf = (mappingId: number, below = "") => `/api/mappings/${mappingId}/shadow${below}`;

/** The latest comparison of a draft; asked again and again while it runs. */
export const shadowQuery = (mappingId: number) =>
  queryOptions({
    queryKey: ["mappings", mappingId, "shadow"] as const,
    queryFn: ({ signal }) => apiGet<ShadowRun | null>(pathOf(mappingId), { signal }),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? runningPollMs : false),
  });

export const costsQuery = (mappingId: number, wanted: number) =>
  queryOptions({
    queryKey: ["mappings", mappingId, "shadow", "costs", wanted] as const,
    queryFn: ({ signal }) => apiGet<ShadowCosts>(pathOf(mappingId, "/costs"), { query: { wanted }, signal }),
    placeholderData: keepPreviousData,
  });

export const behindQuery = (mappingId: number, runId: number, number: ShadowNumber) =>
  infiniteQueryOptions({
    queryKey: ["mappings", mappingId, "shadow", runId, number] as const,
    queryFn: ({ pageParam, signal }) =>
      apiGet<ShadowPage>(pathOf(mappingId, `/${runId}/records`), {
        query: { ...number, from: pageParam },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const beginShadow = (
  mappingId: number,
  given: { document: MappingDocument; wanted: number; fresh: boolean },
) => apiSend<{ id: number }>("POST", pathOf(mappingId), given);

export const stopShadow = (mappingId: number, runId: number) =>
  apiSend<{ stopped: boolean }>("DELETE", pathOf(mappingId, `/${runId}`));
