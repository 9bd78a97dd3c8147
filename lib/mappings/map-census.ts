/** Counting, on demand, the records whose result changed when a value map was saved. */
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import type { Database } from "@/lib/platform/db";
import { startMapCensus } from "./census";
import type { MappingSummary } from "./contract";
import { listMappings } from "./read";
import { valueMapUses } from "./value-map-uses";

interface MapChange {
  readonly connectionId: number;
  readonly name: string;
  /** The map as it was, each time before it was saved. */
  readonly before: readonly ValueMapEntries[];
  readonly actor: string;
}

/** Begins to count for every mapping that runs and names the map; gives these mappings. */
export async function countMapChange(
  db: Database,
  { connectionId, name, before, actor }: MapChange,
): Promise<MappingSummary[]> {
  const uses = (await valueMapUses(db, connectionId)).get(name) ?? [];
  const running = new Set(uses.filter(({ published }) => published).map(({ mapping }) => mapping));
  const mappings = (await listMappings(db, connectionId)).filter((mapping) => running.has(mapping.name));
  const begun: MappingSummary[] = [];
  for (const mapping of mappings) {
    const given = { mappingId: mapping.id, mapBefore: { name, entries: before }, actor };
    if ((await startMapCensus(db, given)).outcome === "done") begun.push(mapping);
  }
  return begun;
}
