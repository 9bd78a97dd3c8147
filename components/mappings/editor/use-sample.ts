"use client";

import { useState, useSyncExternalStore } from "react";
import { useQuery } from "@tanstack/react-query";
import type { Sample } from "@/lib/mappings/contract";
import { samplesQuery } from "../queries";

/**
 * The chosen record, also after the page was loaded again; the latest one until the person chooses. The browser's tab keeps its
 * S-360 number alone, and no name.
 */
export function useSample(mappingId: number): [Sample | null, (sample: Sample) => void] {
  const [chosen, setChosen] = useState<Sample | null>(null);
  const place = `mapping ${mappingId} sample`;
  const key = useSyncExternalStore(
    neverChanges,
    () => sessionStorage.getItem(place),
    () => null,
  );
  const latest = useQuery({ ...samplesQuery(mappingId, ""), staleTime: Infinity });
  const kept = useQuery({
    ...samplesQuery(mappingId, key ?? ""),
    staleTime: Infinity,
    enabled: key !== null && chosen === null,
  });
  const isLooking = key !== null && kept.isPending;
  const found = kept.data?.find((sample) => sample.key === key);
  const choose = (sample: Sample) => {
    setChosen(sample);
    sessionStorage.setItem(place, sample.key);
  };
  return [chosen ?? found ?? (isLooking ? null : (latest.data?.[0] ?? null)), choose];
}

const neverChanges = () => () => undefined;
