import { asc, eq } from "drizzle-orm";
import { mapping, mappingVersion } from "@/drizzle/schema";
import { valueMapTargets } from "@/lib/core/mapping/value-maps/value-map-calls";
import type { Queryable } from "@/lib/platform/db";
import type { ValueMapUse } from "./value-map-contract";

/** By value map: the lines and filters that name it, of the mappings that run and of drafts that say more. */
export async function valueMapUses(
  db: Queryable,
  connectionId: number,
): Promise<ReadonlyMap<string, readonly ValueMapUse[]>> {
  const rows = await db
    .select({ row: mapping, document: mappingVersion.document })
    .from(mapping)
    .leftJoin(mappingVersion, eq(mappingVersion.id, mapping.publishedVersionId))
    .where(eq(mapping.connectionId, connectionId))
    .orderBy(asc(mapping.id));
  const uses = new Map<string, ValueMapUse[]>();
  for (const { row, document } of rows) {
    const running = document ? valueMapTargets(document) : new Map<string, readonly (string | null)[]>();
    const drafted = valueMapTargets(row.draft);
    for (const name of new Set([...running.keys(), ...drafted.keys()])) {
      const targets = running.get(name) ?? [];
      const more = (drafted.get(name) ?? []).filter((target) => !targets.includes(target));
      const use = (published: boolean) => (target: string | null) => ({
        mapping: row.name,
        kind: row.kind,
        object: (published && document ? document : row.draft).object,
        target,
        published,
      });
      uses.set(name, [...(uses.get(name) ?? []), ...targets.map(use(true)), ...more.map(use(false))]);
    }
  }
  return uses;
}
