import { mappingParams } from "@/app/api/mappings/find-mapping";
import { z } from "zod";
import { route } from "@/app/api/route-handler";
import { getVersion } from "@/lib/mappings/read";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const params = mappingParams.extend({ number: z.coerce.number().int().min(1).max(2_147_483_647) });

/** What a published version said. */
export const GET = route({ params }, async ({ params: { id, number } }) => {
  const version = await getVersion(webRuntime().db, id, number);
  if (!version) throw notFound(`There is no version ${number} of this mapping.`);
  return version;
});
