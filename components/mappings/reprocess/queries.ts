import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { openReprocessStates } from "@/lib/core/words";
import type { Census, ReprocessRun, ReprocessStatus } from "@/lib/mappings/reprocess-contract";
import { apiGet, apiSend } from "../../ui/api";
import { problemSentence } from "../../ui/problem";
import { useToast } from "../../ui/toast";

const runningPollMs = 1_500;
/** A colleague may go on with it, or cancel it. */
const restingPollMs = 5_000;

const pathOf = (mappingId: number, what: "reprocess" | "census") => `/api/mappings/${mappingId}/${what}`;

/** How long until it is asked again; never while nothing is under way. */
function pollMs(status: ReprocessStatus | undefined): number | false {
  const { run, census } = status ?? {};
  const isMoving = isOpen(run) && (run.state !== "paused" || run.onTheWay > 0);
  if (isMoving || census?.state === "running" || beginsAtOnce(census)) return runningPollMs;
  return isOpen(run) || census?.state === "paused" ? restingPollMs : false;
}

/** Not over: also while it is paused, and while what workers have in hand is finished. */
export const isOpen = (run: ReprocessRun | null | undefined): run is ReprocessRun =>
  openReprocessStates.some((state) => state === run?.state);

/** All is counted, and a worker is about to begin. */
export const beginsAtOnce = (census: Census | null | undefined): boolean =>
  census?.state === "done" && census.thenReprocess;

export const reprocessQuery = (mappingId: number) =>
  queryOptions({
    queryKey: ["mappings", mappingId, "reprocess"] as const,
    queryFn: ({ signal }) => apiGet<ReprocessStatus>(pathOf(mappingId, "reprocess"), { signal }),
    refetchInterval: ({ state }) => pollMs(state.data),
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

/** Asks, shows how things stand then, says what `told` finds worth it, and why not when it was refused. */
export function useAsking<Given>(
  mappingId: number,
  refused: string,
  ask: (given: Given) => Promise<ReprocessStatus>,
  told?: (status: ReprocessStatus, given: Given) => string | null,
) {
  const client = useQueryClient();
  const toast = useToast();
  const { queryKey } = reprocessQuery(mappingId);
  return useMutation({
    mutationFn: ask,
    onSuccess: (status, given) => {
      client.setQueryData(queryKey, status);
      const sentence = told?.(status, given);
      if (sentence) toast.info(sentence);
    },
    onError: (error) => {
      toast.error(refused, problemSentence(error));
      void client.invalidateQueries({ queryKey });
    },
  });
}
