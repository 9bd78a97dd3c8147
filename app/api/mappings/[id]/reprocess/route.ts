import { z } from "zod";
import { mappingParams, rowId } from "@/app/api/mappings/find-mapping";
import { reprocessAnswer, statusOfReprocess } from "@/app/api/mappings/reprocess-answer";
import { route } from "@/app/api/route-handler";
import { changeReprocess, startReprocess } from "@/lib/mappings/reprocess";
import { webRuntime } from "@/lib/platform/runtime";

/** What the published version changes, and how taking records through it stands. */
export const GET = route({ params: mappingParams }, ({ params }) => statusOfReprocess(params.id));

/** Takes the records that were counted through the version that is published. */
export const POST = route(
  { params: mappingParams, body: z.object({ versionId: rowId }) },
  async ({ params, body: { versionId }, session }) => {
    const start = { mappingId: params.id, versionId, actor: session.email };
    return reprocessAnswer(params.id, await startReprocess(webRuntime().db, start));
  },
);

const change = z.object({ runId: rowId, change: z.enum(["pause", "resume", "cancel"]) });

/** Pauses, resumes or cancels it. */
export const PATCH = route({ params: mappingParams, body: change }, async ({ params, body, session }) => {
  const given = { ...body, mappingId: params.id, actor: session.email };
  return reprocessAnswer(params.id, await changeReprocess(webRuntime().db, given));
});
