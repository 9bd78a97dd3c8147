import { findMapping, mappingParams, ordinal } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { leftBehind } from "@/lib/mappings/left-behind";
import { webRuntime } from "@/lib/platform/runtime";

const params = mappingParams.extend({ number: ordinal });

/** The fields that restoring a version would leave as later ones filled them, and how many records each. */
export const GET = route({ params }, async ({ params: { id, number } }) => {
  const { connection } = await findMapping(id);
  const prefix = connection.org?.prefix ?? "";
  return leftBehind(webRuntime().db, { mappingId: id, number, prefix });
});
