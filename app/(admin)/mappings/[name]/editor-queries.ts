import type { QueryKey } from "@tanstack/react-query";
import { mappingQuery, samplesQuery, targetQuery } from "@/components/mappings/queries";
import type { Connection } from "@/lib/connections/load";
import type { MappingDetail } from "@/lib/mappings/contract";
import { knownTarget, targetObject } from "@/lib/mappings/known-target";
import { listSamples } from "@/lib/mappings/samples";
import { webRuntime } from "@/lib/platform/runtime";

/** What the editor starts with. */
export async function editorQueries(
  connection: Connection,
  mapping: MappingDetail,
): Promise<(readonly [QueryKey, unknown])[]> {
  const { db } = webRuntime();
  const [known, samples] = await Promise.all([
    knownTarget(db, connection, mapping.draftDocument),
    listSamples(db, { connectionId: connection.id, kind: mapping.kind }, ""),
  ]);
  return [
    [mappingQuery(mapping.id).queryKey, mapping],
    [targetQuery(mapping.id).queryKey, known && targetObject(known, mapping.draftDocument)],
    [samplesQuery(mapping.id, "").queryKey, samples],
  ];
}
