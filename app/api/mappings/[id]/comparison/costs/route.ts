import { z } from "zod";
import { findMapping, mappingParams } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { webRuntime } from "@/lib/platform/runtime";
import { mostCompared, usuallyCompared } from "@/lib/comparison/contract";
import { costsOf } from "@/lib/comparison/runs";

const query = z.object({ wanted: z.coerce.number().int().min(1).max(mostCompared).default(usuallyCompared) });

/** What comparing the latest records would cost, without doing it. */
export const GET = route({ params: mappingParams, query }, async ({ params, query: { wanted } }) => {
  const { mapping, connection } = await findMapping(params.id);
  const of = { connectionId: connection.id, kind: mapping.kind, mappingId: mapping.id };
  return costsOf(webRuntime().db, of, wanted);
});
