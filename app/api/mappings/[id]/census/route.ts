import { z } from "zod";
import { mappingParams, rowId } from "@/app/api/mappings/find-mapping";
import { reprocessAnswer } from "@/app/api/mappings/reprocess-answer";
import { route } from "@/app/api/route-handler";
import { changeCensus, startCensus } from "@/lib/mappings/census";
import { webRuntime } from "@/lib/platform/runtime";

/** Begins to count the records whose result the published version changes. Publishing does so by itself. */
export const POST = route(
  { params: mappingParams, body: z.object({ versionId: rowId }) },
  async ({ params, body: { versionId }, session }) => {
    const start = { mappingId: params.id, versionId, actor: session.email };
    return reprocessAnswer(params.id, await startCensus(webRuntime().db, start));
  },
);

const change = z.object({ censusId: rowId, change: z.enum(["pause", "resume", "cancel"]) });

/** Pauses, goes on or cancels. */
export const PATCH = route({ params: mappingParams, body: change }, async ({ params, body, session }) => {
  const given = { ...body, mappingId: params.id, actor: session.email };
  return reprocessAnswer(params.id, await changeCensus(webRuntime().db, given));
});
