import { z } from "zod";
import { comment, findMapping, mappingParams, ordinal, rowId } from "@/app/api/mappings/find-mapping";
import { goldenRun } from "@/app/api/mappings/golden-run";
import { succeeded } from "@/app/api/mappings/results";
import { route } from "@/app/api/route-handler";
import { mostGolden } from "@/lib/mappings/contract";
import { publish } from "@/lib/mappings/publish";
import { webRuntime } from "@/lib/platform/runtime";

const seen = z.object({ id: rowId, revision: ordinal });
/** `accept`: golden samples whose present result is the new expectation. */
const body = z.object({
  revision: ordinal,
  comment,
  accept: z.array(seen).max(mostGolden).default([]),
});

/** Publishes the draft saved at `revision`: 409 when it is another by now, 422 with what stands in the way. */
export const POST = route({ params: mappingParams, body }, async ({ params, body, session }) => {
  const { accept, ...given } = body;
  const found = await findMapping(params.id);
  const run = await goldenRun(found, found.mapping.draftDocument);
  const golden = run ? { ...run, accept } : undefined;
  const publication = {
    ...given,
    mappingId: params.id,
    actor: session.email,
    target: run?.target ?? null,
    golden,
  };
  return succeeded(await publish(webRuntime().db, publication));
});
