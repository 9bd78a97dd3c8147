import { findMapping, mappingParams } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";

/** A mapping with its draft and the list of its versions. */
export const GET = route(
  { params: mappingParams },
  async ({ params }) => (await findMapping(params.id)).mapping,
);
