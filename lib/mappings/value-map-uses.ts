import { asc, eq, inArray } from "drizzle-orm";
import { mapping, mappingVersion } from "@/drizzle/schema";
import { valueMapTargets, type ValueMapTargets } from "@/lib/core/mapping/value-maps/value-map-calls";
import type { Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { ownTurn } from "@/lib/platform/turns";
import type { ValueMapUse } from "./value-map-contract";

/** A version that runs, with the value maps it names. */
export interface RunningVersion {
  readonly id: number;
  readonly mappingId: number;
  readonly mapping: string;
  readonly kind: Kind;
  readonly object: string;
  readonly targets: ValueMapTargets;
}

/**
 * What runs on a connection, in the order of the mappings. Reading it takes long: whoever needs it within a transaction reads
 * it before, and hands it over as `known`. A version never changes, so that only those published since are read then.
 */
export async function runningVersions(
  db: Queryable,
  connectionId: number,
  known: readonly RunningVersion[] = [],
): Promise<RunningVersion[]> {
  const rows = await db
    .select({ id: mappingVersion.id, mappingId: mapping.id, mapping: mapping.name, kind: mapping.kind })
    .from(mapping)
    .innerJoin(mappingVersion, eq(mappingVersion.id, mapping.publishedVersionId))
    .where(eq(mapping.connectionId, connectionId))
    .orderBy(asc(mapping.id));
  const read = new Map(known.map(({ id, object, targets }) => [id, { object, targets }]));
  const unread = rows.map(({ id }) => id).filter((id) => !read.has(id));
  const { id, document } = mappingVersion;
  const versions = await db.select({ id, document }).from(mappingVersion).where(inArray(id, unread));
  for (const version of versions) {
    const { object } = version.document;
    read.set(version.id, { object, targets: await valueMapTargets(version.document, ownTurn) });
  }
  return rows.flatMap((row) => {
    const found = read.get(row.id);
    return found ? [{ ...row, ...found }] : [];
  });
}

/** The lines and filters of what runs that name the value map. */
export function usesOf(versions: readonly RunningVersion[], name: string): ValueMapUse[] {
  return versions.flatMap(({ mapping: by, kind, object, targets }) =>
    (targets.get(name) ?? []).map((target) => ({ mapping: by, kind, object, target, published: true })),
  );
}

/** By value map: the lines and filters that name it, of the mappings that run and of drafts that say more. */
export async function valueMapUses(
  db: Queryable,
  connectionId: number,
): Promise<ReadonlyMap<string, readonly ValueMapUse[]>> {
  const { id, name: by, kind, draft } = mapping;
  const drafts = await db
    .select({ id, by, kind, draft })
    .from(mapping)
    .where(eq(mapping.connectionId, connectionId))
    .orderBy(asc(id));
  const running = await runningVersions(db, connectionId);
  const uses = new Map<string, ValueMapUse[]>();
  for (const row of drafts) {
    const own = running.filter(({ mappingId }) => mappingId === row.id);
    const drafted = await valueMapTargets(row.draft, ownTurn);
    for (const name of new Set([...own.flatMap(({ targets }) => [...targets.keys()]), ...drafted.keys()])) {
      const published = usesOf(own, name);
      const more = (drafted.get(name) ?? [])
        .filter((target) => !published.some((use) => use.target === target))
        .map((target) => ({
          ...{ mapping: row.by, kind: row.kind, object: row.draft.object, target },
          published: false,
        }));
      uses.set(name, [...(uses.get(name) ?? []), ...published, ...more]);
    }
  }
  return uses;
}
