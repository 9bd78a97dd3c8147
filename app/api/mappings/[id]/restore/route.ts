import { z } from "zod";
import { comment, findMapping, mappingParams, ordinal, rowId } from "@/app/api/mappings/find-mapping";
import { goldenRun, seenSamples } from "@/app/api/mappings/golden-run";
import { succeeded } from "@/app/api/mappings/results";
import { route } from "@/app/api/route-handler";
import { getVersion } from "@/lib/mappings/read";
import { restore } from "@/lib/mappings/publish";
import { webRuntime } from "@/lib/platform/runtime";

/**
 * `accept`: golden samples that are to expect what the version gives. `over`: the version it was compared with; without it
 * any version is replaced.
 */
const body = z.object({
  versionNumber: ordinal,
  comment,
  over: rowId.nullable().optional(),
  accept: seenSamples,
  /** The records whose result changes are re-processed once they are counted. */
  thenReprocess: z.boolean().default(false),
});

/** Publishes what an earlier version said as a new version: 409 when what runs is another by now, 422 with what stands in the way by now. */
export const POST = route({ params: mappingParams, body }, async ({ params, body: given, session }) => {
  const { db } = webRuntime();
  const { accept, ...restored } = given;
  const found = await findMapping(params.id);
  const version = await getVersion(db, params.id, given.versionNumber);
  const run = await goldenRun(found, version?.document ?? found.mapping.draftDocument);
  const golden = { ...run, accept, holdsUp: false };
  const publication = { ...restored, mappingId: params.id, actor: session.email, target: run.target, golden };
  return succeeded(await restore(db, publication));
});
