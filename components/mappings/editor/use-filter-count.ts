"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { FilterCount } from "@/lib/mappings/contract";
import { askFilterCount } from "../queries";
import { useDebounced } from "../use-debounced";

const typingPauseMs = 500;

/** Of how many of the latest records the document, as typed, lets take part; null without a filter and until it is known. */
export function useFilterCount(mappingId: number, document: MappingDocument): FilterCount | null {
  const { filter, sales } = document;
  const settled = useDebounced(filter, typingPauseMs);
  const asked = { ...document, filter: settled, lines: [] };
  const { data } = useQuery({
    queryKey: ["mappings", mappingId, "filter-count", settled, sales],
    queryFn: () => askFilterCount(mappingId, asked),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
  });
  return filter === undefined || settled === undefined ? null : (data ?? null);
}
