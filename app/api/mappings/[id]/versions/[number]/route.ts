import { mappingParams, ordinal } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { getVersion } from "@/lib/mappings/read";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const params = mappingParams.extend({ number: ordinal });

/** What a published version said. */
export const GET = route({ params }, async ({ params: { id, number } }) => {
  const version = await getVersion(webRuntime().db, id, number);
  if (!version) throw notFound(`There is no version ${number} of this mapping.`);
  return version;
});
