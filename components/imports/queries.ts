import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ImportChange } from "@/lib/core/imports/words";
import type { Canary, ImportReport, Imports, ImportStatus } from "@/lib/imports/contract";
import { apiGet, apiSend } from "../ui/api";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";

const goingMs = 3_000;
const restingMs = 10_000;

const pathOf = (institution: string) => `/api/connections/${encodeURIComponent(institution)}/imports`;

export const isOver = ({ state }: Pick<ImportStatus, "state">) => state === "cancelled" || state === "done";

export function importsQuery(institution: string) {
  return queryOptions({
    queryKey: ["imports", institution] as const,
    queryFn: ({ signal }) => apiGet<Imports>(pathOf(institution), { signal }),
    refetchInterval: ({ state }) =>
      state.data?.current.some((run) => !isOver(run) || run.counts.going > 0) ? goingMs : restingMs,
  });
}

export function canaryQuery(id: number, isGoing: boolean) {
  return queryOptions({
    queryKey: ["imports", id, "canary"] as const,
    queryFn: ({ signal }) => apiGet<Canary>(`/api/imports/${id}/canary`, { signal }),
    refetchInterval: isGoing ? goingMs : false,
  });
}

export function reportQuery(id: number) {
  return queryOptions({
    queryKey: ["imports", id, "report"] as const,
    queryFn: ({ signal }) => apiGet<ImportReport>(`/api/imports/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.run) ? false : restingMs),
  });
}

export interface ImportOrder {
  readonly since: string;
  readonly canary: number;
  readonly streams: readonly { readonly stream: ImportStatus["stream"]; readonly expected: number | null }[];
}

export function useStart(institution: string) {
  const client = useQueryClient();
  const toast = useToast();
  const { queryKey } = importsQuery(institution);
  return useMutation({
    mutationFn: (order: ImportOrder) => apiSend<Imports>("POST", pathOf(institution), order),
    onSuccess: (imports) => client.setQueryData(queryKey, imports),
    onError: (error) => {
      toast.error("No import was begun", problemSentence(error));
      void client.invalidateQueries({ queryKey });
    },
  });
}

/** Names the revision that was seen: what a colleague changed in between is shown instead. */
export function useSteer(institution: string, { id, revision }: Pick<ImportStatus, "id" | "revision">) {
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (change: ImportChange) =>
      apiSend<ImportStatus>("PATCH", `/api/imports/${id}`, { revision, change }),
    onError: (error) => toast.error("The import was not changed", problemSentence(error)),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: importsQuery(institution).queryKey }),
        client.invalidateQueries({ queryKey: ["imports", id] }),
      ]),
  });
}
