import { findMapping, mappingParams } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { seenInValueMap } from "@/lib/core/mapping/fit/source-value";
import { sourceModel } from "@/lib/core/mapping/source-model";
import type { SourceOverview } from "@/lib/mappings/contract";
import { orderCodesOf } from "@/lib/mappings/order-codes";
import { latestSources } from "@/lib/mappings/samples";
import { seenCodes } from "@/lib/mappings/seen-codes";
import { sourceTree } from "@/lib/mappings/source-tree";
import { listValueMaps } from "@/lib/mappings/value-maps";
import { webRuntime } from "@/lib/platform/runtime";

/** What the latest records of the mapping's kind hold, and what S-360 may send besides. */
export const GET = route({ params: mappingParams }, async ({ params: { id } }): Promise<SourceOverview> => {
  const { mapping, connection } = await findMapping(id);
  const { db } = webRuntime();
  const of = { connectionId: connection.id, kind: mapping.kind };
  const [sources, valueMaps] = await Promise.all([latestSources(db, of), listValueMaps(db, connection.id)]);
  return {
    records: sources.length,
    tree: sourceTree(sources, sourceModel(mapping.kind)),
    codes: seenCodes(sources, sourceModel(mapping.kind)),
    orderCodes: orderCodesOf(sources),
    valueMaps: valueMaps.map(({ name }) => name),
    mapped: Object.fromEntries(valueMaps.map(({ name, entries }) => [name, seenInValueMap(entries)])),
  };
});
