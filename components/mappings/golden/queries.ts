import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { GoldenEdits } from "@/lib/core/mapping/golden/golden-edit";
import type {
  GoldenChange,
  GoldenCheck,
  GoldenChecks,
  GoldenExpected,
  GoldenProposal,
  GoldenSample,
} from "@/lib/mappings/golden-contract";
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

/** A sample as it is now; null when it is none, or kept no more. */
export function useGolden(mappingId: number, id: number | null): GoldenSample | null {
  const { data } = useQuery(goldenQuery(mappingId));
  return data?.find((sample) => sample.id === id) ?? null;
}

/** How the samples fare with some lines. */
export interface Checked extends GoldenChecks {
  /** The lines that these are of. */
  readonly document: MappingDocument;
}

export const checksQuery = (mappingId: number, document: MappingDocument) =>
  queryOptions({
    queryKey: [...goldenKey(mappingId), "checks", document],
    queryFn: async (): Promise<Checked> => ({
      ...(await apiSend<GoldenChecks>("POST", pathOf(mappingId, "/check"), { document })),
      document,
    }),
    gcTime: 60_000,
  });

/** How the samples fare with the lines as typed, a moment after typing stops; null until the first answer. */
export function useGoldenChecks(mappingId: number, document: MappingDocument): Checked | null {
  const typed = useDebounced(document, typingPauseMs);
  const query = useQuery({ ...checksQuery(mappingId, typed), placeholderData: keepPreviousData });
  return query.data ?? null;
}

/** Those that get something else than expected. */
export const failedOf = (checked: Checked | null | undefined): readonly GoldenCheck[] =>
  (checked?.checks ?? []).filter(({ sentences }) => sentences.length > 0);

/** Whether somebody has accepted what all of them get, as they are now. */
export const areAccepted = (failed: readonly GoldenCheck[], accepted: readonly GoldenCheck[]): boolean =>
  failed.every((check) =>
    accepted.some(({ id, revision }) => id === check.id && revision === check.revision),
  );

export const seenOf = (checks: readonly GoldenCheck[]) =>
  checks.map(({ id, revision }) => ({ id, revision }));

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
  given: { name: string; recordId: number; source: Source; document: MappingDocument },
) => apiSend<GoldenSample>("POST", pathOf(mappingId), given);

/** @throws ApiError 409 when somebody changed it in between */
export const changeGolden = (
  mappingId: number,
  { id, revision, change }: { id: number; revision: number; change: GoldenChange },
) => apiSend<{ revision: number }>("PATCH", pathOf(mappingId, `/${id}`), { revision, change });

/** What a sample is to get from now on. `edits` null: what the lines give. @throws ApiError 409 when somebody changed it, 400 for a value its field cannot hold */
export const expectGolden = (
  mappingId: number,
  { id, ...given }: { id: number; revision: number; document: MappingDocument; edits: GoldenEdits | null },
) => apiSend<GoldenExpected>("POST", pathOf(mappingId, `/${id}/expect`), given);
