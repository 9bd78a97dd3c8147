import { findMapping, mappingParams, rowId } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { getSample } from "@/lib/mappings/samples";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const params = mappingParams.extend({ recordId: rowId });

/** One record to try the mapping on, with the values that expressions can read of it. */
export const GET = route({ params }, async ({ params: { id, recordId } }) => {
  const { mapping, connection } = await findMapping(id);
  const of = { connectionId: connection.id, kind: mapping.kind };
  const found = await getSample(webRuntime().db, of, recordId);
  if (!found) throw notFound("This record is gone, or is of another kind by now. Choose another one.");
  const { source: _, ...sample } = found;
  return sample;
});
