/** Counting, on demand, the records whose result changed when a value map was saved. */
import { and, asc, eq, inArray } from "drizzle-orm";
import { census, valueMap } from "@/drizzle/schema";
import type { Database, Queryable } from "@/lib/platform/db";
import { startMapCensus } from "./census";
import type { MappingSummary } from "./contract";
import { listMappings } from "./read";
import type { MapCensus } from "./value-map-contract";
import { valueMapUses } from "./value-map-uses";

interface OfMap {
  readonly connectionId: number;
  readonly name: string;
}

/** Begins to count for every mapping that runs and names the map. */
export async function countMapChange(
  db: Database,
  { actor, ...of }: OfMap & { readonly actor: string },
): Promise<MapCensus> {
  for (const { id: mappingId } of await mappingsThatUse(db, of))
    await startMapCensus(db, { mappingId, valueMap: of.name, actor });
  return mapCensus(db, of);
}

/**
 * Whether a person saved the map since what it concerns was last counted, and the mappings for which it was counted. Every
 * count finds what any change before it left behind (census.ts), so that of a version counts too.
 */
export async function mapCensus(db: Queryable, of: OfMap): Promise<MapCensus> {
  const [map] = await db
    .select({ updatedAt: valueMap.updatedAt, updatedBy: valueMap.updatedBy })
    .from(valueMap)
    .where(and(eq(valueMap.connectionId, of.connectionId), eq(valueMap.name, of.name)));
  const mappings = await mappingsThatUse(db, of);
  const latest = await latestCensuses(db, mappings);
  const isUncounted = ({ id }: MappingSummary) => {
    const counted = latest.get(id);
    return map !== undefined && map.updatedBy !== null && !(counted && counted.startedAt > map.updatedAt);
  };
  return {
    uncounted: mappings.some(isUncounted),
    counted: mappings.filter(
      (mapping) => !isUncounted(mapping) && latest.get(mapping.id)?.valueMap === of.name,
    ),
  };
}

async function mappingsThatUse(db: Queryable, { connectionId, name }: OfMap): Promise<MappingSummary[]> {
  const uses = (await valueMapUses(db, connectionId)).get(name) ?? [];
  const running = new Set(uses.filter(({ published }) => published).map(({ mapping }) => mapping));
  return (await listMappings(db, connectionId)).filter((mapping) => running.has(mapping.name));
}

async function latestCensuses(db: Queryable, mappings: readonly MappingSummary[]) {
  const { mappingId, valueMap: of, startedAt } = census;
  const ids = mappings.map(({ id }) => id);
  const rows = await db
    .select({ mappingId, valueMap: of, startedAt })
    .from(census)
    .where(inArray(mappingId, ids))
    .orderBy(asc(census.id));
  return new Map(rows.map((row) => [row.mappingId, row]));
}
