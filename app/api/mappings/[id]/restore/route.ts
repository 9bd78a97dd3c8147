import { z } from "zod";
import { comment, findMapping, mappingParams, ordinal, targetOf } from "@/app/api/mappings/find-mapping";
import { succeeded } from "@/app/api/mappings/results";
import { route } from "@/app/api/route-handler";
import { restore } from "@/lib/mappings/publish";
import { webRuntime } from "@/lib/platform/runtime";

const body = z.object({ versionNumber: ordinal, comment });

/** Publishes what an earlier version said as a new version: 422 with what stands in the way by now. */
export const POST = route({ params: mappingParams, body }, async ({ params, body: given, session }) => {
  const found = await findMapping(params.id);
  const known = await targetOf(found);
  const publication = { ...given, mappingId: params.id, actor: session.email, target: known?.target ?? null };
  return succeeded(await restore(webRuntime().db, publication));
});
