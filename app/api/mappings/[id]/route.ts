import { findMapping, mappingParams } from "@/app/api/mappings/find-mapping";
import { succeeded } from "@/app/api/mappings/results";
import { route } from "@/app/api/route-handler";
import { deleteMapping } from "@/lib/mappings/stop";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

/** A mapping with its draft and the list of its versions. */
export const GET = route(
  { params: mappingParams },
  async ({ params }) => (await findMapping(params.id)).mapping,
);

/** Removes a mapping that never wrote a record; 422 with why another stays. */
export const DELETE = route({ params: mappingParams }, async ({ params, session }) => {
  const order = { mappingId: params.id, actor: session.email };
  const result = succeeded(await deleteMapping(webRuntime().db, order));
  if (result.outcome === "kept") throw new Problem(422, "refused", result.sentence);
  return result;
});
