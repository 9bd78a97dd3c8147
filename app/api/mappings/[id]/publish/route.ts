import { z } from "zod";
import { comment, findMapping, mappingParams, targetOf } from "@/app/api/mappings/find-mapping";
import { succeeded } from "@/app/api/mappings/results";
import { route } from "@/app/api/route-handler";
import { publish } from "@/lib/mappings/publish";
import { webRuntime } from "@/lib/platform/runtime";

const body = z.object({ revision: z.number().int(), comment });

/** Publishes the draft saved at `revision`: 409 when it is another by now, 422 with what stands in the way. */
export const POST = route({ params: mappingParams, body }, async ({ params, body: given, session }) => {
  const found = await findMapping(params.id);
  const known = await targetOf(found);
  const publication = { ...given, mappingId: params.id, actor: session.email, target: known?.target ?? null };
  return succeeded(await publish(webRuntime().db, publication));
});
