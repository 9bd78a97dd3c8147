import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Census, ReprocessStatus } from "@/lib/mappings/reprocess-contract";
import { apiGet, apiSend } from "../../ui/api";
import { problemSentence } from "../../ui/problem";
import { useToast } from "../../ui/toast";

const runningPollMs = 1_500;

const pathOf = (mappingId: number, what: "reprocess" | "census") => `/api/mappings/${mappingId}/${what}`;

const goesOn = (status: ReprocessStatus | undefined) =>
  status?.run?.state === "running" || status?.census?.state === "running" || beginsAtOnce(status?.census);

/** All is counted, and a worker is about to begin. */
export const beginsAtOnce = (census: Census | null | undefined): boolean =>
  census?.state === "done" && census.thenReprocess;

export const reprocessQuery = (mappingId: number) =>
  queryOptions({
    queryKey: ["mappings", mappingId, "reprocess"] as const,
    queryFn: ({ signal }) => apiGet<ReprocessStatus>(pathOf(mappingId, "reprocess"), { signal }),
    refetchInterval: ({ state }) => (goesOn(state.data) ? runningPollMs : false),
  });

export type Steering = "pause" | "resume" | "cancel";

/** What may be asked for; each answers with how things stand then. @throws ApiError 409 when somebody was faster */
export const askReprocess = {
  count: (mappingId: number, versionId: number) =>
    apiSend<ReprocessStatus>("POST", pathOf(mappingId, "census"), { versionId }),
  steerCount: (mappingId: number, given: { censusId: number; change: Steering }) =>
    apiSend<ReprocessStatus>("PATCH", pathOf(mappingId, "census"), given),
  start: (mappingId: number, versionId: number) =>
    apiSend<ReprocessStatus>("POST", pathOf(mappingId, "reprocess"), { versionId }),
  steer: (mappingId: number, given: { runId: number; change: Steering }) =>
    apiSend<ReprocessStatus>("PATCH", pathOf(mappingId, "reprocess"), given),
};

/** Asks, shows how things stand then, and says why not when it was refused. */
export function useAsking<Given>(
  mappingId: number,
  refused: string,
  ask: (given: Given) => Promise<ReprocessStatus>,
) {
  const client = useQueryClient();
  const toast = useToast();
  const { queryKey } = reprocessQuery(mappingId);
  return useMutation({
    mutationFn: ask,
    onSuccess: (status) => client.setQueryData(queryKey, status),
    onError: (error) => {
      toast.error(refused, problemSentence(error));
      void client.invalidateQueries({ queryKey });
    },
  });
}
