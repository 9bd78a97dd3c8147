"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { ComparisonRun } from "@/lib/comparison/contract";
import { beginComparison, comparisonQuery, stopComparison } from "./queries";

export interface Comparison {
  /** The latest comparison; undefined while it is being read. */
  readonly run: ComparisonRun | null | undefined;
  readonly running: boolean;
  readonly begin: (given: { document: MappingDocument; wanted: number; fresh: boolean }) => void;
  readonly beginning: boolean;
  readonly stop: () => void;
  readonly error: unknown;
}

/** The latest comparison of a mapping, and the way to begin or stop one. */
export function useComparison(mappingId: number): Comparison {
  const client = useQueryClient();
  const refresh = () =>
    client.invalidateQueries({ queryKey: comparisonQuery(mappingId).queryKey, exact: true });
  const query = useQuery(comparisonQuery(mappingId));
  const begin = useMutation({
    mutationFn: (given: Parameters<typeof beginComparison>[1]) => beginComparison(mappingId, given),
    onSettled: refresh,
  });
  const stop = useMutation({
    mutationFn: (runId: number) => stopComparison(mappingId, runId),
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
