import { queryOptions } from "@tanstack/react-query";
import type { ReprocessStatus } from "@/lib/mappings/contract";
import { apiGet, apiSend } from "../../ui/api";

const runningPollMs = 1_500;

const pathOf = (mappingId: number) => `/api/mappings/${mappingId}/reprocess`;

export const reprocessQuery = (mappingId: number) =>
  queryOptions({
    queryKey: ["mappings", mappingId, "reprocess"] as const,
    queryFn: ({ signal }) => apiGet<ReprocessStatus>(pathOf(mappingId), { signal }),
    refetchInterval: ({ state }) => (state.data?.run?.state === "running" ? runningPollMs : false),
  });

/** @throws ApiError 409 when another version is published by now */
export const startReprocess = (mappingId: number, versionId: number) =>
  apiSend<ReprocessStatus>("POST", pathOf(mappingId), { versionId });

export type ReprocessChange = "pause" | "resume" | "cancel";

/** @throws ApiError 409 when it is over by now */
export const changeReprocess = (mappingId: number, given: { runId: number; change: ReprocessChange }) =>
  apiSend<ReprocessStatus>("PATCH", pathOf(mappingId), given);
