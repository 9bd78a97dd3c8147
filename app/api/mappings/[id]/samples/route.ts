import { z } from "zod";
import { findMapping, mappingParams } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { listSamples } from "@/lib/mappings/samples";
import { webRuntime } from "@/lib/platform/runtime";

const query = z.object({ q: z.string().max(200).default("") });

/** Recent real records to try the mapping on, found by number, e-mail or name. */
export const GET = route({ params: mappingParams, query }, async ({ params, query: { q } }) => {
  const { mapping, connection } = await findMapping(params.id);
  return listSamples(webRuntime().db, { connectionId: connection.id, kind: mapping.kind }, q);
});
