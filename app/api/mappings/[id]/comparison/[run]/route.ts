import { mappingParams, rowId } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { webRuntime } from "@/lib/platform/runtime";
import { stopRun } from "@/lib/comparison/runs";

const params = mappingParams.extend({ run: rowId });

/** Stops a comparison; what was found so far stays. */
export const DELETE = route({ params }, async ({ params: { id, run } }) => ({
  stopped: await stopRun(webRuntime().db, id, run),
}));
