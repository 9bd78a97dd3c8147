/** Every resource of the records pages: where it is read, under which key, how fresh it must be. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type {
  EndedFilter,
  EndedItem,
  Matches,
  Page,
  RawEvent,
  RecordFilter,
  RecordPage,
  RecordRow,
  RetryableState,
  StateCounts,
  TimelineEntry,
} from "@/lib/records/contract";
import type { Stream } from "@/lib/core/words";
import type { NumbersSeen } from "@/lib/reviews/contract";
import { apiGet, apiSend } from "../ui/api";

const live = 10_000;

export interface ListFilter extends RecordFilter {
  readonly connection: string;
}

export interface ItemFilter {
  readonly connection: string;
  readonly stream?: Stream;
  readonly outcome?: EndedFilter;
}

/** The first page refreshes by itself; whoever reads further keeps what is on the screen. */
const pages = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: Page<unknown>) => page.next,
  refetchInterval: (query: { state: { data?: { pages: readonly unknown[] } } }) =>
    (query.state.data?.pages.length ?? 1) === 1 ? live : (false as const),
};

export const recordsQuery = (filter: ListFilter) =>
  infiniteQueryOptions({
    ...pages,
    queryKey: ["records", "list", filter] as const,
    queryFn: ({ pageParam, signal }) =>
      apiGet<Page<RecordRow>>("/api/records", { query: { ...filter, cursor: pageParam }, signal }),
    placeholderData: keepPreviousData,
  });

export const matchesQuery = (filter: ListFilter) =>
  queryOptions({
    queryKey: ["records", "matches", filter] as const,
    queryFn: ({ signal }) => apiGet<Matches>("/api/records/matches", { query: { ...filter }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: live,
  });

export const stateCountsQuery = (filter: { readonly connection: string; readonly stream?: Stream }) =>
  queryOptions({
    queryKey: ["records", "states", filter] as const,
    queryFn: ({ signal }) => apiGet<StateCounts>("/api/records/states", { query: { ...filter }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: live,
  });

export const itemsQuery = (filter: ItemFilter) =>
  infiniteQueryOptions({
    ...pages,
    queryKey: ["events", "ended", filter] as const,
    queryFn: ({ pageParam, signal }) =>
      apiGet<Page<EndedItem>>("/api/events", { query: { ...filter, cursor: pageParam }, signal }),
    placeholderData: keepPreviousData,
  });

export const rawEventQuery = (id: number) =>
  queryOptions({
    queryKey: ["events", "raw", id] as const,
    queryFn: ({ signal }) => apiGet<RawEvent>(`/api/events/${id}`, { signal }),
    staleTime: Infinity,
  });

export const recordQuery = (id: number) =>
  queryOptions({
    queryKey: ["records", "one", id] as const,
    queryFn: ({ signal }) => apiGet<RecordPage>(`/api/records/${id}`, { signal }),
    refetchInterval: live,
  });

export const timelineQuery = (id: number) =>
  infiniteQueryOptions({
    ...pages,
    queryKey: ["records", "timeline", id] as const,
    queryFn: ({ pageParam, signal }) =>
      apiGet<Page<TimelineEntry>>(`/api/records/${id}/timeline`, { query: { cursor: pageParam }, signal }),
  });

export interface RetryAllFilter extends Omit<ListFilter, "state"> {
  readonly state: RetryableState;
}

export const retryableQuery = (filter: RetryAllFilter) =>
  queryOptions({
    queryKey: ["records", "retryable", filter] as const,
    queryFn: ({ signal }) =>
      apiGet<{ readonly records: number }>("/api/records/retry", { query: { ...filter }, signal }),
    gcTime: 0,
  });

export const retryRecord = (id: number) =>
  apiSend<{ readonly records: number; readonly running: boolean }>("POST", `/api/records/${id}/retry`);

/** A contact and the number that S-360 is said to have merged it into. */
export const numbersQuery = (id: number, head: string) =>
  queryOptions({
    queryKey: ["records", "numbers", id, head] as const,
    queryFn: ({ signal }) => apiGet<NumbersSeen>(`/api/records/${id}/merged`, { query: { head }, signal }),
    gcTime: 0,
  });

interface SalesMoved {
  readonly sales: number;
}

export const sayMerged = (id: number, head: string) =>
  apiSend<SalesMoved>("POST", `/api/records/${id}/merged`, { head });

export const takeBackMerged = (id: number) => apiSend<SalesMoved>("DELETE", `/api/records/${id}/merged`);

export const retryAllRecords = (filter: RetryAllFilter) =>
  apiSend<{ readonly records: number }>("POST", "/api/records/retry", filter);

type ReadAgain = { readonly calls: number };

export const readCallAgain = (eventId: number) => apiSend<ReadAgain>("POST", `/api/events/${eventId}/again`);

export const readAllCallsAgain = (of: Omit<ItemFilter, "outcome">) =>
  apiSend<ReadAgain>("POST", "/api/events/again", of);
