import { askOrg } from "@/app/api/mappings/ask-org";
import { findMapping, mappingParams, targetOf } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { targetObject } from "@/lib/mappings/known-target";

/** The fields of the mapping's object as the org described them last; null while it was never asked. */
export const GET = route({ params: mappingParams }, ({ params }) => answer(params.id));

/** The same, after asking the org now. */
export const POST = route({ params: mappingParams }, async ({ params }) => {
  await askOrg(await findMapping(params.id));
  return answer(params.id);
});

async function answer(id: number): Promise<Response> {
  const found = await findMapping(id);
  const known = await targetOf(found);
  return Response.json(known && targetObject(known, found.mapping.draftDocument));
}
