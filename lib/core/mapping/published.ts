import type { SalesSettings } from "../sales-settings";
import type { Kind } from "../words";
import type { MappingDocument, ValueMapEntries } from "./document";

/** A mapping as the worker runs it. */
export interface PublishedMapping {
  readonly mappingId: number;
  readonly versionId: number;
  readonly name: string;
  readonly kind: Kind;
  readonly document: MappingDocument;
}

export interface PublishedMappings {
  readonly mappings: readonly PublishedMapping[];
  readonly valueMaps: Readonly<Record<string, ValueMapEntries>>;
  /** By value map: the revision that these entries are. */
  readonly valueMapRevisions: Readonly<Record<string, number>>;
}

/** Of what counts in a connection, what tells by which of it something was evaluated. */
export interface EvaluatedBy {
  readonly mappings: readonly Pick<PublishedMapping, "kind" | "mappingId" | "versionId">[];
  readonly valueMapRevisions: Readonly<Record<string, number>>;
  readonly sales: SalesSettings;
}

/** An API name with the org's package prefix put in the place of `[p]`. */
export function resolveName(name: string, prefix: string): string {
  return name.replace("[p]", prefix);
}

/**
 * The order in which objects are written: an object comes after the objects its references point to, so that one call
 * can create both. References in a circle (a parent account) do not count.
 */
export function objectRanks(documents: readonly MappingDocument[]): ReadonlyMap<string, number> {
  const targets = new Map<string, Set<string>>();
  for (const document of documents) {
    const references = document.lines.flatMap((line) => (line.reference ? [line.reference.object] : []));
    targets.set(document.object, new Set([...(targets.get(document.object) ?? []), ...references]));
  }
  const ranks = new Map<string, number>();
  const rankOf = (object: string, path: readonly string[]): number => {
    const known = ranks.get(object);
    if (known !== undefined) return known;
    const below = [...(targets.get(object) ?? [])].filter(
      (target) => target !== object && !path.includes(target),
    );
    const rank =
      below.length === 0 ? 0 : 1 + Math.max(...below.map((target) => rankOf(target, [...path, object])));
    if (path.length === 0) ranks.set(object, rank);
    return rank;
  };
  for (const object of targets.keys()) rankOf(object, []);
  return ranks;
}
