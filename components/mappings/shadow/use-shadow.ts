"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { ShadowRun } from "@/lib/shadow/contract";
import { beginShadow, shadowQuery, stopShadow } from "./queries";

export interface Shadow {
  /** The latest comparison; undefined while it is being read. */
  readonly run: ShadowRun | null | undefined;
  readonly running: boolean;
  readonly begin: (given: { document: MappingDocument; wanted: number; fresh: boolean }) => void;
  readonly beginning: boolean;
  readonly stop: () => void;
  readonly error: unknown;
}

/** The latest comparison of a mapping, and the way to begin or stop one. */
export function useShadow(mappingId: number): Shadow {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: shadowQuery(mappingId).queryKey, exact: true });
  const query = useQuery(shadowQuery(mappingId));
  const begin = useMutation({
    mutationFn: (given: Parameters<typeof beginShadow>[1]) => beginShadow(mappingId, given),
    onSettled: refresh,
  });
  const stop = useMutation({
    mutationFn: (runId: number) => stopShadow(mappingId, runId),
    onSettled: refresh,
  });
  const run = query.data;
  return {
    run,
    running: run?.state === "running",
    begin: (given) => begin.mutate(given),
    beginning: begin.isPending,
    stop: () => run && stop.mutate(run.id),
    error: begin.error ?? stop.error ?? query.error,
  };
}
