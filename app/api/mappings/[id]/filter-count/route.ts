import { z } from "zod";
import { findMapping, mappingParams, targetOf } from "@/app/api/mappings/find-mapping";
import { contextOf } from "@/app/api/mappings/golden-run";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import { countTakingPart } from "@/lib/mappings/filter-count";
import { latestSources } from "@/lib/mappings/samples";
import { webRuntime } from "@/lib/platform/runtime";

const body = z.object({ document: mappingDocumentSchema });

/** Of how many of the latest records a document would let take part; null while the org was never asked. */
export const POST = route({ params: mappingParams, body }, async ({ params, body: { document } }) => {
  const found = await findMapping(params.id);
  const { connection, mapping } = found;
  const of = { connectionId: connection.id, kind: mapping.kind };
  const [known, context] = await Promise.all([targetOf(found, document), contextOf(found)]);
  if (!known) return null;
  const sources = await latestSources(webRuntime().db, of);
  return countTakingPart({ document, target: known.target, sources, context });
});
