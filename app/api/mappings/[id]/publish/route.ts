import { z } from "zod";
import { comment, findMapping, mappingParams, ordinal, rowId } from "@/app/api/mappings/find-mapping";
import { goldenRun, seenSamples } from "@/app/api/mappings/golden-run";
import { succeeded } from "@/app/api/mappings/results";
import { route } from "@/app/api/route-handler";
import { publish } from "@/lib/mappings/publish";
import { webRuntime } from "@/lib/platform/runtime";

/**
 * `accept`: golden samples whose present result is the new expectation. `over`: the version it was compared with; without
 * it any version is replaced.
 */
const body = z.object({
  revision: ordinal,
  comment,
  over: rowId.nullable().optional(),
  accept: seenSamples,
});

/** Publishes the draft saved at `revision`: 409 when it, or what runs, is another by now, 422 with what stands in the way. */
export const POST = route({ params: mappingParams, body }, async ({ params, body, session }) => {
  const { accept, ...given } = body;
  const found = await findMapping(params.id);
  const run = await goldenRun(found, found.mapping.draftDocument);
  const golden = { ...run, accept, holdsUp: true };
  const publication = {
    ...given,
    mappingId: params.id,
    actor: session.email,
    target: run.target,
    golden,
  };
  return succeeded(await publish(webRuntime().db, publication));
});
