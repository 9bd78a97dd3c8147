/** Where value maps are read and changed. */
import { queryOptions } from "@tanstack/react-query";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import type {
  CodeDecision,
  MapCensus,
  UsedField,
  SavedValueMap,
  UnseenCode,
  ValueMapDetail,
  ValueMapSummary,
} from "@/lib/mappings/value-map-contract";
import { ApiError, apiGet, apiSend, withQuery } from "../ui/api";

/** Everything about value maps is under this key. */
export const valueMapsKey = "value-maps";

const live = 10_000;

export interface Place {
  /** The institution's code. */
  readonly connection: string;
  readonly name: string;
}

export const valueMapsQuery = (connection: string) =>
  queryOptions({
    queryKey: [valueMapsKey, "list", connection],
    queryFn: ({ signal }) => apiGet<ValueMapSummary[]>("/api/value-maps", { query: { connection }, signal }),
    refetchInterval: live,
  });

export const valueMapQuery = (place: Place) =>
  queryOptions({
    queryKey: [valueMapsKey, "one", place],
    queryFn: ({ signal }) => apiGet<ValueMapDetail>(pathOf(place), { signal }),
    // What is open for editing changes when the person says so, not when the window gets the focus.
    staleTime: Infinity,
  });

/** Null once the map is gone; asked again when it is saved anew. */
export const inboxQuery = (place: Place) =>
  queryOptions({
    queryKey: [valueMapsKey, "inbox", place],
    queryFn: ({ signal }) => apiGet<UnseenCode[] | null>(pathOf(place, "/inbox"), { signal }),
    refetchInterval: ({ state }) => (state.data === null ? false : live),
  });

/** The fields that the map is written to; nobody waits for them. */
export const usedFieldsQuery = (place: Place) =>
  queryOptions({
    queryKey: [valueMapsKey, "fields", place],
    queryFn: ({ signal }) => apiGet<UsedField[]>(pathOf(place, "/fields"), { signal }),
  });

export const unseenCountQuery = (connection: string | null) =>
  queryOptions({
    queryKey: [valueMapsKey, "count", connection],
    queryFn: ({ signal }) =>
      apiGet<{ readonly waiting: number }>("/api/unseen-codes/count", { query: { connection }, signal }),
    refetchInterval: live,
  });

export interface ToSave {
  /** As it was opened; null: a new one. */
  readonly revision: number | null;
  readonly entries: ValueMapEntries;
}

/** @throws ApiError 409 with `stored` of whoever saved in between, null when it was removed */
export const saveValueMap = (place: Place, map: ToSave) => apiSend<SavedValueMap>("PUT", pathOf(place), map);

/** @throws ApiError 409 when somebody changed it meanwhile, 422 while mappings that run name it */
export const removeValueMap = (place: Place, revision: number) =>
  apiSend("DELETE", pathOf(place, "", { revision }));

/** @throws ApiError 409 when somebody decided about all of them meanwhile */
export const decideCodes = (place: Place, codes: readonly string[], decision: CodeDecision) =>
  apiSend<SavedValueMap>("POST", pathOf(place, "/inbox"), { codes, decision });

const censusLookMs = 3_000;

/** Whether the records that the map concerns were counted since it was saved. */
export const mapCensusQuery = (place: Place, revision: number) =>
  queryOptions({
    queryKey: [valueMapsKey, "census", place, revision],
    queryFn: ({ signal }) => apiGet<MapCensus>(pathOf(place, "/census"), { signal }),
    staleTime: censusLookMs,
  });

/** Counts them. */
export const countMapChange = (place: Place) => apiSend<MapCensus>("POST", pathOf(place, "/census"));

export const csvAddress = (place: Place) => pathOf(place, "/csv");

/** The page of a value map. */
export const valueMapAddress = ({ connection, name }: Place) =>
  withQuery(`/value-maps/${encodeURIComponent(name)}`, { connection });

/** What somebody else saved in between, when that is why a call failed: null when it was removed. */
export function theirsOf(error: unknown): { readonly stored: ValueMapDetail | null } | null {
  if (!(error instanceof ApiError) || error.code !== "conflict") return null;
  return { stored: (error.problem.stored ?? null) as ValueMapDetail | null };
}

function pathOf({ connection, name }: Place, below = "", more = {}): string {
  return withQuery(`/api/value-maps/${encodeURIComponent(name)}${below}`, { connection, ...more });
}
