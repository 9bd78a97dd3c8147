import { z } from "zod";
import { mappingParams, rowId } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import {
  changeReprocess,
  reprocessStatus,
  startReprocess,
  type ReprocessResult,
} from "@/lib/mappings/reprocess";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

/** How taking records through the published version stands, and how many there are. */
export const GET = route({ params: mappingParams }, ({ params }) => status(params.id));

/** Takes all records of the kind through the version that is published. */
export const POST = route(
  { params: mappingParams, body: z.object({ versionId: rowId }) },
  async ({ params, body: { versionId }, session }) => {
    const start = { mappingId: params.id, versionId, actor: session.email };
    accepted(await startReprocess(webRuntime().db, start));
    return status(params.id);
  },
);

const change = z.object({ runId: rowId, change: z.enum(["pause", "resume", "cancel"]) });

/** Pauses, resumes or cancels it. */
export const PATCH = route({ params: mappingParams, body: change }, async ({ params, body, session }) => {
  const given = { ...body, mappingId: params.id, actor: session.email };
  accepted(await changeReprocess(webRuntime().db, given));
  return status(params.id);
});

function accepted({ outcome }: ReprocessResult): void {
  if (outcome === "done") return;
  const detail =
    "Somebody else published, began or ended this in between. What is shown now is how it stands.";
  throw new Problem(409, "conflict", detail);
}

async function status(id: number) {
  const found = await reprocessStatus(webRuntime().db, id);
  if (!found) throw notFound("This mapping is no longer there. Reload the list of mappings.");
  return found;
}
