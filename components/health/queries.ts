import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ConnectionStatus } from "@/lib/connections/contract";
import type { Stream, System } from "@/lib/core/words";
import type { RefusedCall } from "@/lib/inbox/contract";
import { apiGet, apiSend } from "../ui/api";

const refreshMs = 5_000;

const connectionPath = (institution: string) => `/api/connections/${encodeURIComponent(institution)}`;

export function statusQuery(institution: string) {
  return queryOptions({
    queryKey: ["connection-status", institution],
    queryFn: ({ signal }) => apiGet<ConnectionStatus>(`${connectionPath(institution)}/status`, { signal }),
    refetchInterval: refreshMs,
  });
}

export function refusedCallsQuery() {
  return queryOptions({
    queryKey: ["refused-calls"],
    queryFn: ({ signal }) => apiGet<RefusedCall[]>("/api/refused-calls", { signal }),
    refetchInterval: refreshMs,
  });
}

/** Pauses (true) or resumes (false) a stream and reads the status anew. */
export function useSetPaused(institution: string, stream: Stream) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (paused: boolean) =>
      apiSend("PATCH", `${connectionPath(institution)}/streams/${stream}`, { paused }),
    onSettled: () => queries.invalidateQueries({ queryKey: statusQuery(institution).queryKey }),
  });
}

/** Has the system that refused asked again now. */
export function useTryNow(institution: string, system: System) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => apiSend("PATCH", `${connectionPath(institution)}/holds/${system}`, { wait: false }),
    onSettled: () => queries.invalidateQueries({ queryKey: statusQuery(institution).queryKey }),
  });
}
