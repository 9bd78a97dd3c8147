/** What a reference field points to: one rule for the engine that writes it and for the page that explains it. */
import { resolveName, type PublishedMapping } from "./mapping/published";
import type { CanonicalValue } from "./side";
import type { Kind } from "./words";

/** No external id of S-360 holds a colon. */
const orgIdMark = "id:";

/** The value of a lookup that names a record by the org's own id. */
export function orgIdValue(id: string): string {
  return orgIdMark + id;
}

/** The org's own id that a lookup names; null where it names an external id. */
export function orgIdOf(value: CanonicalValue): string | null {
  return typeof value === "string" && value.startsWith(orgIdMark) ? value.slice(orgIdMark.length) : null;
}

export interface Target {
  readonly object: string;
  /** The external id to refer to. */
  readonly key: string;
}

/** What is known of the record that is referred to: its kind, and what it is written as. */
export interface Known {
  readonly kind: Kind | null;
  readonly targets: readonly Target[];
}

export type ObjectsByKind = ReadonlyMap<Kind, ReadonlySet<string>>;

/** Which objects the published mappings of each kind write, under the names they have in the org. */
export function objectsByKind(mappings: readonly PublishedMapping[], prefix: string): ObjectsByKind {
  const objects = new Map<Kind, Set<string>>();
  for (const { kind, document } of mappings) {
    objects.set(kind, (objects.get(kind) ?? new Set()).add(resolveName(document.object, prefix)));
  }
  return objects;
}

/**
 * The external id of the record as this object; null when records of its kind are never written as one; undefined while
 * that cannot be told, because the record is not there or not written yet.
 */
export function referTo(
  object: string,
  known: Known | undefined,
  written: ObjectsByKind,
): string | null | undefined {
  const target = known?.targets.find((candidate) => candidate.object === object);
  if (target) return target.key;
  return known?.kind && !written.get(known.kind)?.has(object) ? null : undefined;
}
