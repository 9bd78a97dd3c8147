import { queryOptions } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type {
  CreateMappingResult,
  DraftSummary,
  KeyField,
  LeftBehind,
  MappingDetail,
  FilterCount,
  MappingPreview,
  MappingSummary,
  PublishResult,
  Sample,
  SaveDraftResult,
  SourceOverview,
  StopMappingResult,
  TargetObject,
  VersionSummary,
  WritableObject,
} from "@/lib/mappings/contract";
import { apiGet, apiSend } from "../ui/api";

/** Everything about mappings is under this key. */
const root = "mappings";

export const mappingsQuery = (institution: string) =>
  queryOptions({
    queryKey: [root, "of", institution],
    queryFn: ({ signal }) =>
      apiGet<MappingSummary[]>("/api/mappings", { query: { connection: institution }, signal }),
  });

export const mappingQuery = (mappingId: number) =>
  queryOptions({
    queryKey: [root, mappingId],
    queryFn: ({ signal }) => apiGet<MappingDetail>(pathOf(mappingId), { signal }),
    // What is open in the editor changes when the person says so, not when the window gets the focus.
    staleTime: Infinity,
  });

/** A small answer, asked for only while somebody looks at the page. */
const lookEveryMs = 5_000;

/** Which draft is stored; looked at again and again while the page is seen. */
export const draftQuery = (mappingId: number) =>
  queryOptions({
    queryKey: [root, mappingId, "draft"],
    queryFn: ({ signal }) => apiGet<DraftSummary>(pathOf(mappingId, "draft"), { signal }),
    refetchInterval: lookEveryMs,
    refetchOnWindowFocus: "always",
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** Null while the org was never asked for its fields. */
export const targetQuery = (mappingId: number) =>
  queryOptions({
    queryKey: [root, mappingId, "target"],
    queryFn: ({ signal }) => apiGet<TargetObject | null>(pathOf(mappingId, "target"), { signal }),
    staleTime: 60_000,
  });

/** Objects of the org that a mapping may write; asks Salesforce. */
export const objectsQuery = (institution: string) =>
  queryOptions({
    queryKey: [root, "objects", institution],
    queryFn: ({ signal }) =>
      apiGet<WritableObject[]>("/api/mappings/objects", { query: { connection: institution }, signal }),
    staleTime: 5 * 60_000,
    retry: false,
  });

/** Fields of an object that can carry S-360's number; asks Salesforce. */
export const keyFieldsQuery = (institution: string, object: string) =>
  queryOptions({
    queryKey: [root, "objects", institution, object],
    queryFn: ({ signal }) =>
      apiGet<{ object: string; keyFields: KeyField[] }>(
        `/api/mappings/objects/${encodeURIComponent(object)}`,
        {
          query: { connection: institution },
          signal,
        },
      ),
    enabled: object !== "",
    staleTime: 5 * 60_000,
    retry: false,
  });

export const createMapping = (given: {
  connection: string;
  name: string;
  kind: string;
  object: string;
  keyField: string;
}) => apiSend<CreateMappingResult>("POST", "/api/mappings", given);

export const stopMapping = (mappingId: number) =>
  apiSend<StopMappingResult>("POST", pathOf(mappingId, "stop"), {});

/** @throws ApiError 422 with `problems` */
export const runAgain = (mappingId: number) => apiSend<Published>("POST", pathOf(mappingId, "run"), {});

/** Of the connection's file. */
export const fileAddress = (institution: string) =>
  `/api/connections/${encodeURIComponent(institution)}/file`;

/** @throws ApiError 422 with why it stays */
export const deleteMapping = (mappingId: number) => apiSend("DELETE", pathOf(mappingId));

/** What there is to map, for looking it up while lines are written. */
export const sourceQuery = (mappingId: number) =>
  queryOptions({
    queryKey: [root, mappingId, "source"],
    queryFn: ({ signal }) => apiGet<SourceOverview>(pathOf(mappingId, "source"), { signal }),
    staleTime: 60_000,
  });

export const samplesQuery = (mappingId: number, search: string) =>
  queryOptions({
    queryKey: [root, mappingId, "samples", search],
    queryFn: ({ signal }) => apiGet<Sample[]>(pathOf(mappingId, "samples"), { query: { q: search }, signal }),
  });

export const versionQuery = (mappingId: number, number: number) =>
  queryOptions({
    queryKey: [root, mappingId, "version", number],
    queryFn: ({ signal }) =>
      apiGet<VersionSummary & { document: MappingDocument }>(pathOf(mappingId, `versions/${number}`), {
        signal,
      }),
    staleTime: Infinity,
  });

/** What restoring a version leaves in Salesforce. */
export const leftQuery = (mappingId: number, number: number) =>
  queryOptions({
    queryKey: [root, mappingId, "version", number, "left"],
    queryFn: ({ signal }) => apiGet<LeftBehind>(pathOf(mappingId, `versions/${number}/left`), { signal }),
  });

/** Null while the org was never asked for its fields. */
export const askFilterCount = (mappingId: number, document: MappingDocument) =>
  apiSend<FilterCount | null>("POST", pathOf(mappingId, "filter-count"), { document });

/** What lines are tried on. */
export type TriedOn = { readonly recordId: number } | { readonly goldenId: number };

export const askPreview = (mappingId: number, document: MappingDocument, on: TriedOn | null) =>
  apiSend<MappingPreview>("POST", pathOf(mappingId, "preview"), { document, recordId: null, ...on });

/** @throws ApiError 409 with `draft` and `document` of whoever saved in between */
export const saveDraft = (mappingId: number, draft: { revision: number; document: MappingDocument }) =>
  apiSend<Extract<SaveDraftResult, { outcome: "saved" }>>("PUT", pathOf(mappingId, "draft"), draft);

export type Published = Extract<PublishResult, { outcome: "published" | "unchanged" }>;

/** @throws ApiError 409 as for saving, 422 with `problems` */
export const publishDraft = (
  mappingId: number,
  publication: {
    revision: number;
    comment: string;
    /** The version that it was compared with. */
    over: number | null;
    /** Golden samples whose present result is the new expectation. */
    accept: readonly { id: number; revision: number }[];
  },
) => apiSend<Published>("POST", pathOf(mappingId, "publish"), publication);

/** @throws ApiError 409 when another version runs than `over`, 422 with `problems` */
export const restoreVersion = (
  mappingId: number,
  restored: {
    versionNumber: number;
    comment: string;
    /** The version that it was compared with. */
    over: number | null;
    /** Golden samples that are to expect what the version gives. */
    accept: readonly { id: number; revision: number }[];
    /** The records whose result changes are re-processed once they are counted. */
    thenReprocess: boolean;
  },
) => apiSend<Published>("POST", pathOf(mappingId, "restore"), restored);

/** Asks Salesforce for the fields of the mapping's object now. */
export const askTarget = (mappingId: number) =>
  apiSend<TargetObject>("POST", pathOf(mappingId, "target"), {});

function pathOf(mappingId: number, below?: string): string {
  return below ? `/api/mappings/${mappingId}/${below}` : `/api/mappings/${mappingId}`;
}
