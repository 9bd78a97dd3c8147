import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type {
  GoldenChange,
  GoldenCheck,
  GoldenChecks,
  GoldenProposal,
  GoldenSample,
} from "@/lib/mappings/contract";
import { apiGet, apiSend } from "../../ui/api";
import { useDebounced } from "../use-debounced";

const typingPauseMs = 500;

const pathOf = (mappingId: number, below = "") => `/api/mappings/${mappingId}/golden${below}`;

/** Everything about the golden samples of a mapping is under this key. */
export const goldenKey = (mappingId: number) => ["mappings", mappingId, "golden"] as const;

export const goldenQuery = (mappingId: number) =>
  queryOptions({
    queryKey: goldenKey(mappingId),
    queryFn: ({ signal }) => apiGet<GoldenSample[]>(pathOf(mappingId), { signal }),
  });

/** How the samples fare with the lines as typed, a moment after typing stops; null while that cannot be told. */
export function useGoldenChecks(mappingId: number, document: MappingDocument): readonly GoldenCheck[] | null {
  const typed = useDebounced(document, typingPauseMs);
  const query = useQuery({
    queryKey: [...goldenKey(mappingId), "checks", typed],
    queryFn: () => apiSend<GoldenChecks>("POST", pathOf(mappingId, "/check"), { document: typed }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return query.data?.checks ?? null;
}

export type Source = Readonly<Record<string, unknown>>;

export const proposalQuery = (
  mappingId: number,
  given: { recordId: number; document: MappingDocument; source?: Source },
) =>
  queryOptions({
    queryKey: [...goldenKey(mappingId), "proposal", given],
    queryFn: () => apiSend<GoldenProposal>("POST", pathOf(mappingId, "/propose"), given),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });

export const keepGolden = (
  mappingId: number,
  given: { name: string; source: Source; document: MappingDocument },
) => apiSend<GoldenSample>("POST", pathOf(mappingId), given);

/** @throws ApiError 409 when somebody changed it in between */
export const changeGolden = (
  mappingId: number,
  { id, revision, change }: { id: number; revision: number; change: GoldenChange },
) => apiSend<{ revision: number }>("PATCH", pathOf(mappingId, `/${id}`), { revision, change });
