/** The engine itself, run on records without taking, writing or settling any: so a comparison says what a worker would do. */
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { PublishedMapping, PublishedMappings } from "@/lib/core/mapping/published";
import type { Told } from "@/lib/core/mapping/comparison";
import type { Side } from "@/lib/core/side";
import { evaluateBatch } from "@/lib/sync/evaluate-batch";
import { withPatience, type Patience } from "@/lib/sync/patience";
import { prepareMappings, type Prepared } from "@/lib/sync/prepare";
import type { ClaimedRecord } from "@/lib/sync/records";
import { resolveReferences } from "@/lib/sync/references";
import type { LinkResult, LinkWork, SyncDeps } from "@/lib/sync/work";
import { writeWorks } from "@/lib/sync/write-batch";
import { toldOf } from "./told";

/** What the engine needs; of the org, what its objects are. */
export type EngineDeps = Pick<SyncDeps, "db" | "contacts" | "published" | "settings" | "log"> & {
  readonly side: Pick<Side, "describe">;
};

/** One document in the place of its mapping's published one, made ready for the org. */
export interface PreparedDocument {
  readonly published: PublishedMappings;
  readonly prepared: Prepared;
  readonly mappingId: number;
}

export interface Evaluated {
  readonly works: readonly LinkWork[];
  readonly ended: readonly LinkResult[];
}

/**
 * Other mappings of the kind have results of their own, and no part in the comparison. Its records are evaluated in small
 * parts, and patience with slow expressions is that of the whole comparison, or of as many as share one.
 */
export async function prepareDocument(
  deps: Pick<EngineDeps, "published" | "settings" | "side">,
  mapping: Omit<PublishedMapping, "document">,
  document: MappingDocument,
  patience: Patience = new Map(),
): Promise<PreparedDocument> {
  const others = deps.published.mappings.filter(({ mappingId }) => mappingId !== mapping.mappingId);
  const published = { ...deps.published, mappings: [...others, { ...mapping, document }] };
  const prepared = await prepareMappings({ ...deps, published }, new Set([mapping.kind]));
  const ready = prepared.ready
    .filter((one) => one.published.mappingId === mapping.mappingId)
    .map((one) => ({ ...one, compiled: withPatience(one.compiled, patience) }));
  return { published, prepared: { ...prepared, ready }, mappingId: mapping.mappingId };
}

export async function evaluateDocument(
  deps: Omit<EngineDeps, "contacts" | "side">,
  { published, prepared }: PreparedDocument,
  records: readonly ClaimedRecord[],
  breathe: () => Promise<void>,
): Promise<Evaluated> {
  return evaluateBatch({ ...deps, published, breathe }, records, prepared);
}

/** What the engine would do with each record. `side` takes its writes. */
export async function tellDocument(
  deps: EngineDeps & { readonly connectionId: number },
  { prepared }: PreparedDocument,
  { works, ended }: Evaluated,
  side: Side,
): Promise<ReadonlyMap<number, Told>> {
  const { connectionId } = deps;
  const resolved = await resolveReferences(deps, connectionId, works, prepared.writtenAs);
  const written = await writeWorks({ ...deps, side, tellsOnly: true }, { connectionId }, resolved);
  const results = [...ended, ...resolved.ended, ...written];
  return new Map(results.map((result) => [result.record.id, toldOf(result)]));
}
