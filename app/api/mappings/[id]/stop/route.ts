import { mappingParams } from "@/app/api/mappings/find-mapping";
import { succeeded } from "@/app/api/mappings/results";
import { route } from "@/app/api/route-handler";
import { stopMapping } from "@/lib/mappings/stop";
import { webRuntime } from "@/lib/platform/runtime";

/** What is published of the mapping stops running; its draft and versions stay. */
export const POST = route({ params: mappingParams }, async ({ params, session }) =>
  succeeded(await stopMapping(webRuntime().db, { mappingId: params.id, actor: session.email })),
);
