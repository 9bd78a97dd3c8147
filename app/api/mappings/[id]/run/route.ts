import { findMapping, mappingParams, targetOf } from "@/app/api/mappings/find-mapping";
import { succeeded } from "@/app/api/mappings/results";
import { route } from "@/app/api/route-handler";
import { runAgain } from "@/lib/mappings/stop";
import { webRuntime } from "@/lib/platform/runtime";

/** The version that ran last runs again, after a stop: 422 with what stands in the way by now. */
export const POST = route({ params: mappingParams }, async ({ params, session }) => {
  const target = (await targetOf(await findMapping(params.id)))?.target ?? null;
  const order = { mappingId: params.id, actor: session.email, target };
  return succeeded(await runAgain(webRuntime().db, order));
});
