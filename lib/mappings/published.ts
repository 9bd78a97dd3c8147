import { and, asc, eq } from "drizzle-orm";
import { mapping, mappingVersion, valueMap } from "@/drizzle/schema";
import type { PublishedMappings } from "@/lib/core/mapping/published";
import type { Direction } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import { normalDocument } from "./same-document";

/** What the worker runs for a connection now: the published versions and the value maps they may use. */
export async function published(
  db: Queryable,
  connectionId: number,
  direction: Direction = "in",
): Promise<PublishedMappings> {
  const rows = await db
    .select({
      mappingId: mapping.id,
      versionId: mappingVersion.id,
      name: mapping.name,
      kind: mapping.kind,
      document: mappingVersion.document,
    })
    .from(mapping)
    .innerJoin(mappingVersion, eq(mappingVersion.id, mapping.publishedVersionId))
    .where(and(eq(mapping.connectionId, connectionId), eq(mapping.direction, direction)))
    .orderBy(asc(mapping.id));
  const maps = await db.select().from(valueMap).where(eq(valueMap.connectionId, connectionId));
  return {
    mappings: rows.map((row) => ({ ...row, document: normalDocument(row.document) })),
    valueMaps: Object.fromEntries(maps.map((row) => [row.name, row.entries])),
    valueMapRevisions: Object.fromEntries(maps.map((row) => [row.name, row.revision])),
  };
}
