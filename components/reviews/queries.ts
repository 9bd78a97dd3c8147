/** Every resource of the reviews page: where it is read, under which key, how fresh it must be. */
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import type { ReviewChoice, ReviewKind, ReviewState } from "@/lib/core/reviews";
import type { Page } from "@/lib/records/contract";
import type { ReviewDetail, ReviewList, ReviewRow, S360Pace } from "@/lib/reviews/contract";
import { apiGet, apiSend } from "../ui/api";

const live = 10_000;
/** While something is being carried out. */
const lively = 2_000;

export interface ReviewFilter {
  readonly connection: string;
  readonly state: ReviewList;
  readonly kind?: ReviewKind | undefined;
}

/** The first page refreshes by itself; whoever reads further keeps what is on the screen. */
export const reviewsQuery = (filter: ReviewFilter) =>
  infiniteQueryOptions({
    queryKey: ["reviews", "list", filter] as const,
    queryFn: ({ pageParam, signal }) =>
      apiGet<Page<ReviewRow>>("/api/reviews", { query: { ...filter, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => {
      const pages = data?.pages ?? [];
      if (pages.length > 1) return false;
      return pages[0]?.rows.some(({ state }) => state === "deciding") ? lively : live;
    },
  });

export const reviewQuery = (id: number) =>
  queryOptions({
    queryKey: ["reviews", "one", id] as const,
    queryFn: ({ signal }) => apiGet<ReviewDetail>(`/api/reviews/${id}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.state === "deciding" ? lively : live),
  });

export const reviewCountQuery = (connection: string | null) =>
  queryOptions({
    queryKey: ["reviews", "count", connection] as const,
    queryFn: ({ signal }) =>
      apiGet<{ readonly open: number }>("/api/reviews/count", { query: { connection }, signal }),
    refetchInterval: live,
  });

const pacePath = (institution: string) => `/api/connections/${encodeURIComponent(institution)}/s360-pace`;

export const paceQuery = (institution: string) =>
  queryOptions({
    queryKey: ["s360-pace", institution] as const,
    queryFn: ({ signal }) => apiGet<S360Pace>(pacePath(institution), { signal }),
    refetchInterval: live,
  });

/** Decides, and reads anew whatever may have changed by it. */
export function useDecide(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (decision: { readonly choice: ReviewChoice; readonly candidateId?: string }) =>
      apiSend<{ readonly state: ReviewState }>("POST", `/api/reviews/${id}/decision`, decision),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["reviews"] }),
        queries.invalidateQueries({ queryKey: ["records"] }),
      ]),
  });
}

export interface BulkResult {
  readonly decided: number;
  /** What those that could not be decided failed with. */
  readonly refusals: readonly unknown[];
}

/** Decides one after the other: each is decided by itself, so that one that has settled meanwhile stops no other. */
export function useDecideAll() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({
      ids,
      choice,
    }: {
      readonly ids: readonly number[];
      readonly choice: ReviewChoice;
    }) => {
      const refusals: unknown[] = [];
      for (const id of ids) {
        try {
          await apiSend("POST", `/api/reviews/${id}/decision`, { choice });
        } catch (error) {
          refusals.push(error);
        }
      }
      return { decided: ids.length - refusals.length, refusals } satisfies BulkResult;
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["reviews"] }),
        queries.invalidateQueries({ queryKey: ["records"] }),
      ]),
  });
}

/** A higher rate until a moment (ISO text), or null: the usual one. */
export function useGrantPace(institution: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (boost: { readonly perMinute: number; readonly until: string } | null) =>
      apiSend("PUT", pacePath(institution), boost),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: paceQuery(institution).queryKey }),
        queries.invalidateQueries({ queryKey: ["reviews", "one"] }),
      ]),
  });
}
